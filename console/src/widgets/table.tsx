import type { ReactNode } from 'react'
import css from './table.module.css'

interface TableProps {
  /** What the rows are; also names the part that scrolls. */
  readonly label: string
  readonly head: readonly { readonly title: string; readonly isNumber?: boolean; readonly isHidden?: boolean }[]
  /** Rows of `<td>` and one `<th scope="row">`. */
  readonly children: ReactNode
}

/** An ordinary table for at most some hundred rows; on narrow screens it scrolls within itself, also by keyboard. */
export function Table({ label, head, children }: TableProps) {
  return (
    // What scrolls has to be reachable by keyboard.
    <div role="group" aria-label={label} tabIndex={0} className={css.scroll}>
      <table aria-label={label} className={css.table}>
        <thead>
          <tr>
            {head.map(({ title, isNumber = false, isHidden = false }) => (
              <th key={title} scope="col" className={isNumber ? css.number : undefined}>
                {isHidden ? <span className="visually-hidden">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** A cell of a number, set so that its digits stand below each other. */
export function NumberCell({ children }: { readonly children: ReactNode }) {
  return <td className={css.number}>{children}</td>
}

/** The last cell of a row: what can be done with it. */
export function ActionsCell({ children }: { readonly children: ReactNode }) {
  return <td className={css.actions}>{children}</td>
}
