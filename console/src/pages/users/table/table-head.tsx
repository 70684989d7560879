import { ArrowDown, ArrowUp } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { ViewInAddress } from '../address/address.ts'
import { sortedBy, sortText } from '../address/sort.ts'
import { FIELDS } from '../../../directory/user-fields.ts'
import { SelectAll } from './select-all.tsx'
import type { Rows } from './use-rows.ts'
import type { ChangeView } from '../address/use-address.ts'
import css from './users-table.module.css'

interface TableHeadProps {
  readonly view: ViewInAddress
  readonly onChange: ChangeView
  readonly rows: Rows
}

/** The head of the list: what is chosen, and a button per column that sorts by it. */
export function TableHead({ view, onChange, rows }: TableHeadProps) {
  return (
    <div role="rowgroup" className={css.head}>
      <div role="row" aria-rowindex={1} className={css.row}>
        <div role="columnheader" className={css.choose}>
          <SelectAll rows={rows} />
        </div>
        {view.columns.map((name) => (
          <HeadCell key={name} name={name} view={view} onChange={onChange} />
        ))}
      </div>
    </div>
  )
}

interface HeadCellProps {
  readonly name: string
  readonly view: ViewInAddress
  readonly onChange: ChangeView
}

function HeadCell({ name, view: { sort }, onChange }: HeadCellProps) {
  const { label, sortBy } = FIELDS.get(name) ?? { label: name, sortBy: null }
  if (sortBy === null) {
    return (
      <div role="columnheader" className={css.headCell} title={`${label} has several values, which have no order`}>
        <span className={css.unsorted}>{label}</span>
      </div>
    )
  }
  const place = sort.findIndex((key) => key.field === sortBy)
  const key = sort[place]
  const click = (event: MouseEvent) => {
    const next = sortedBy(sort, sortBy, event.shiftKey)
    onChange({ sort: next.map(sortText).join(',') || undefined })
  }
  const order = key === undefined ? 'none' : key.isDescending ? 'descending' : 'ascending'
  return (
    <div role="columnheader" aria-sort={order} className={css.headCell}>
      <button
        type="button"
        title="Sort; with Shift also by this"
        onClick={click}
        className={css.sort}
        data-sorted={key !== undefined || undefined}
      >
        <span>{label}</span>
        {key !== undefined && (key.isDescending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
        {key !== undefined && sort.length > 1 && (
          <span className={css.place}>
            <span className="visually-hidden">, sort key </span>
            {place + 1}
          </span>
        )}
      </button>
    </div>
  )
}
