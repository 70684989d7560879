interface NewUserDialogProps {
  readonly customerId: number | null
  readonly onClose: () => void
  readonly onCreated: (id: string) => void
}

export function NewUserDialog(_: NewUserDialogProps) {
  return null
}
