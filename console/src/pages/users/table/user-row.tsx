import { memo } from 'react'
import type { User } from '@rollcall/sdk'
import { Cell, type Names } from './cell.tsx'
import css from './users-table.module.css'

interface UserRowProps {
  readonly index: number
  /** Undefined while it is on its way. */
  readonly user: User | undefined
  readonly columns: readonly string[]
  readonly names: Names
  readonly isActive: boolean
  readonly isOpen: boolean
  readonly isSelected: boolean
}

/** One user of the list. Drawn anew only when something of it changes. */
export const UserRow = memo(function UserRow(props: UserRowProps) {
  const { index, user, columns, names, isActive, isOpen, isSelected } = props
  return (
    <div
      role="row"
      id={`row-${index}`}
      data-row={index}
      data-active={isActive || undefined}
      data-open={isOpen || undefined}
      // The head is row 1.
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={css.row}
    >
      <div role="gridcell" data-choose className={css.choose}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isSelected}
          readOnly
          disabled={user === undefined}
          aria-label={`Select ${user?.fullName ?? 'this user'}`}
        />
      </div>
      {columns.map((name) => (
        <div key={name} role="gridcell" className={css.cell}>
          {user === undefined ? <span className={css.awaited} /> : <Cell user={user} name={name} names={names} />}
        </div>
      ))}
    </div>
  )
})
