import { flexRender, type Header, type Table } from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { User } from '@rollcall/sdk'
import { SelectAll } from './select-all.tsx'
import type { Rows } from './use-rows.ts'
import css from './users-table.module.css'

interface TableHeadProps {
  readonly table: Table<User>
  readonly rows: Rows
}

/** The head of the list: what is chosen, and a button per column that sorts by it. */
export function TableHead({ table, rows }: TableHeadProps) {
  return (
    <div role="rowgroup" className={css.head}>
      {table.getHeaderGroups().map(({ id, headers }) => (
        <div key={id} role="row" aria-rowindex={1} className={css.row}>
          <div role="columnheader" className={css.choose}>
            <SelectAll rows={rows} />
          </div>
          {headers.map((header) => (
            <HeadCell key={header.id} header={header} />
          ))}
        </div>
      ))}
    </div>
  )
}

function HeadCell({ header }: { readonly header: Header<User, unknown> }) {
  const { column } = header
  const context = header.getContext()
  const label = flexRender(column.columnDef.header, context)
  if (!column.getCanSort()) {
    return (
      <div role="columnheader" className={css.headCell} title="Several values have no order">
        <span className={css.unsorted}>{label}</span>
      </div>
    )
  }
  const { sorting } = context.table.getState()
  const sorted = column.getIsSorted()
  const click = ({ shiftKey }: MouseEvent) => {
    if (shiftKey) {
      column.toggleSorting(undefined, true)
      return
    }
    // By this one alone: left to itself, the column that came last would keep those before it.
    const order = column.getNextSortingOrder()
    context.table.setSorting(order === false ? [] : [{ id: column.id, desc: order === 'desc' }])
  }
  return (
    <div
      role="columnheader"
      aria-sort={sorted === false ? 'none' : sorted === 'desc' ? 'descending' : 'ascending'}
      className={css.headCell}
    >
      <button
        type="button"
        title="Sort; with Shift also by this"
        onClick={click}
        className={css.sort}
        data-sorted={sorted !== false || undefined}
      >
        <span>{label}</span>
        {sorted !== false && (sorted === 'desc' ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
        {sorted !== false && sorting.length > 1 && (
          <span className={css.place}>
            <span className="visually-hidden">, sort key </span>
            {column.getSortIndex() + 1}
          </span>
        )}
      </button>
    </div>
  )
}
