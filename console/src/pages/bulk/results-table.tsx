import { useState } from 'react'
import { announce } from '../../widgets/announcer.tsx'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Table } from '../../widgets/table.tsx'
import { numberText } from '../../text/count.ts'
import css from './bulk.module.css'
import type { Row } from './change-many.ts'

const PAGE_ROWS = 100
const TONES = { changed: 'good', unchanged: 'quiet', refused: 'danger' } as const

interface ResultsTableProps {
  readonly refused: readonly Row[]
  readonly well: readonly Row[]
  /** What those that were changed are called. */
  readonly word: string
}

/** What became of each user, page by page, the refused ones first. */
export function ResultsTable({ refused, well, word }: ResultsTableProps) {
  const [first, setFirst] = useState(0)
  const total = refused.length + well.length
  const rows = [
    ...refused.slice(first, first + PAGE_ROWS),
    ...well.slice(Math.max(0, first - refused.length), Math.max(0, first + PAGE_ROWS - refused.length)),
  ]
  const rangeAt = (start: number) =>
    `${numberText(start + 1)} to ${numberText(Math.min(start + PAGE_ROWS, total))} of ${numberText(total)}`
  const go = (start: number) => {
    if (start < 0 || start >= total) return
    setFirst(start)
    announce(`Results ${rangeAt(start)}.`)
  }
  return (
    <>
      <Table
        label="What became of each user"
        head={[{ title: 'Name' }, { title: 'Outcome' }, ...(refused.length > 0 ? [{ title: 'Why' }] : [])]}
      >
        {rows.map(({ id, name, outcome, reason }) => (
          <tr key={id}>
            <th scope="row" dir="auto">
              {name}
            </th>
            <td>
              <Badge tone={TONES[outcome]}>{outcome === 'changed' ? word : outcome}</Badge>
            </td>
            {refused.length > 0 && <td>{reason}</td>}
          </tr>
        ))}
      </Table>
      {total > PAGE_ROWS && (
        <nav aria-label="Pages of results" className={css.pages}>
          {/* They keep the focus at either end. */}
          <Button aria-disabled={first === 0} onClick={() => go(first - PAGE_ROWS)}>
            Previous
          </Button>
          <span>{rangeAt(first)}</span>
          <Button aria-disabled={first + PAGE_ROWS >= total} onClick={() => go(first + PAGE_ROWS)}>
            Next
          </Button>
          <Button
            aria-disabled={first + PAGE_ROWS >= total}
            onClick={() => go(total - (total % PAGE_ROWS || PAGE_ROWS))}
          >
            Last
          </Button>
        </nav>
      )}
    </>
  )
}
