export interface UserPanelProps {
  readonly id: string
  readonly tab: string
  readonly onTab: (tab: string) => void
  readonly onClose: () => void
}

export function UserPanel({ id }: UserPanelProps) {
  return <aside aria-label="User">{id}</aside>
}
