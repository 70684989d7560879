import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronRight, Ellipsis, FolderInput, Pencil, Plus, Trash2, Users } from 'lucide-react'
import { IconButton } from '../../widgets/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../widgets/menu.tsx'
import css from './customers.module.css'
import type { TreeRow } from './tree-rows.ts'
import type { Edit } from './use-tree-address.ts'

interface CustomerRowProps {
  readonly row: TreeRow
  readonly index: number
  /** Pixels from the top of the first row. */
  readonly start: number
  readonly isActive: boolean
  readonly onActive: () => void
  readonly onTurn: (id: number) => void
  readonly onEdit: (edit: Edit, id: number) => void
  readonly mayWrite: boolean
}

const counted = new Intl.NumberFormat()

/** One customer. What is within the line can be reached with Tab from the line that has the focus. */
export function CustomerRow({ row, index, start, isActive, onActive, onTurn, onEdit, mayWrite }: CustomerRowProps) {
  const { customer, level, isOpen, siblings, position } = row
  const tabIndex = isActive ? 0 : -1
  const users = { customer: String(customer.id) }
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-setsize={siblings}
      aria-posinset={position}
      {...(isOpen === null ? {} : { 'aria-expanded': isOpen })}
      tabIndex={tabIndex}
      onFocus={onActive}
      className={css.line}
      style={{ insetBlockStart: start }}
    >
      <span role="gridcell" className={css.name} style={{ paddingInlineStart: `${(level - 1) * 1.25}rem` }}>
        {isOpen === null ? (
          <span className={css.turn} />
        ) : (
          // The line itself says that it can be opened; for a mouse there has to be something to press.
          <button
            type="button"
            tabIndex={-1}
            aria-label={`${isOpen ? 'Fold' : 'Open'} ${customer.name}`}
            className={css.turn}
            onClick={() => onTurn(customer.id)}
          >
            <ChevronRight aria-hidden className={isOpen ? css.isOpen : undefined} />
          </button>
        )}
        <Link to="/users" search={users as never} tabIndex={tabIndex} dir="auto" className={css.link}>
          {customer.name}
        </Link>
      </span>
      <span role="gridcell" className={css.code}>
        <bdi>{customer.code}</bdi>
      </span>
      <span role="gridcell" className={css.number}>
        {customer.id}
      </span>
      <span role="gridcell" className={css.number}>
        {count(customer.users)}
      </span>
      <span role="gridcell" className={css.number}>
        {count(customer.usersWithSubsidiaries)}
      </span>
      <span role="gridcell" className={css.actions}>
        <RowMenu row={row} tabIndex={tabIndex} onEdit={onEdit} mayWrite={mayWrite} />
      </span>
    </div>
  )
}

function RowMenu({
  row,
  tabIndex,
  onEdit,
  mayWrite,
}: Pick<CustomerRowProps, 'row' | 'onEdit' | 'mayWrite'> & { readonly tabIndex: number }) {
  const navigate = useNavigate()
  const { id, name } = row.customer
  const trigger = (
    <IconButton label={`Actions for ${name}`} tabIndex={tabIndex}>
      <Ellipsis aria-hidden />
    </IconButton>
  )
  return (
    <Menu trigger={trigger} label={name}>
      <MenuItem onSelect={() => void navigate({ to: '/users', search: { customer: String(id) } as never })}>
        <Users aria-hidden />
        Show its users
      </MenuItem>
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
    </Menu>
  )
}

/** Callers without the permission are told no counts. */
function count(users: number | undefined): string {
  return users === undefined ? '–' : counted.format(users)
}
