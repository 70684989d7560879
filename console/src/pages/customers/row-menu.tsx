import { FolderInput, Pencil, Plus, Trash2, Users } from 'lucide-react'
import type { CustomerNode } from '@rollcall/sdk'
import { MenuAt, MenuItem, MenuSeparator } from '../../widgets/menu.tsx'
import { useShowUsers } from './show-users.ts'
import type { Edit } from './use-tree-address.ts'

/** The customer whose menu is open, and the button it was opened with. */
export interface Opened {
  readonly customer: CustomerNode
  readonly button: HTMLElement
}

interface RowMenuProps {
  readonly opened: Opened | null
  readonly onClose: () => void
  readonly onEdit: (edit: Edit, id: number) => void
  readonly mayWrite: boolean
}

/** What can be done with the customer of a line. */
export function RowMenu({ opened, onClose, onEdit, mayWrite }: RowMenuProps) {
  const showUsers = useShowUsers()
  const id = opened?.customer.id ?? 0
  return (
    <MenuAt anchor={opened?.button ?? null} onClose={onClose} label={opened?.customer.name ?? ''}>
      {showUsers !== null && (
        <MenuItem onSelect={() => showUsers(id)}>
          <Users aria-hidden />
          Show its users
        </MenuItem>
      )}
      {mayWrite && (
        <>
          <MenuItem onSelect={() => onEdit('new', id)}>
            <Plus aria-hidden />
            New customer below
          </MenuItem>
          <MenuItem onSelect={() => onEdit('rename', id)}>
            <Pencil aria-hidden />
            Rename
          </MenuItem>
          <MenuItem onSelect={() => onEdit('move', id)}>
            <FolderInput aria-hidden />
            Move
          </MenuItem>
          <MenuSeparator />
          <MenuItem isDangerous onSelect={() => onEdit('remove', id)}>
            <Trash2 aria-hidden />
            Remove
          </MenuItem>
        </>
      )}
    </MenuAt>
  )
}
