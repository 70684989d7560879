import { flexRender, type Table } from '@tanstack/react-table'
import { memo } from 'react'
import type { User } from '@rollcall/sdk'
import css from './users-table.module.css'

interface UserRowProps {
  readonly table: Table<User>
  readonly index: number
  /** Undefined while it is on its way. */
  readonly user: User | undefined
  readonly columns: readonly string[]
  readonly isActive: boolean
  readonly isOpen: boolean
  readonly isSelected: boolean
}

/** One user of the list. Drawn anew only when something of it changes: the table makes its rows anew with every page that is read. */
export const UserRow = memo(function UserRow(props: UserRowProps) {
  const { table, index, user, columns, isActive, isOpen, isSelected } = props
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
      {user === undefined
        ? columns.map((name) => (
            <div key={name} role="gridcell" className={css.cell}>
              <span className={css.awaited} />
            </div>
          ))
        : table
            .getRow(user.id)
            .getVisibleCells()
            .map(({ column, getContext }) => (
              <div key={column.id} role="gridcell" className={css.cell}>
                {flexRender(column.columnDef.cell, getContext())}
              </div>
            ))}
    </div>
  )
})
