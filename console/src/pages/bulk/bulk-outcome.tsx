import { Download } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { announce } from '../../widgets/announcer.tsx'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Fault } from '../../widgets/states.tsx'
import { Table } from '../../widgets/table.tsx'
import { countText, numberText } from '../../text/count.ts'
import { csvLine } from '../../work/csv-line.ts'
import { saveFile } from '../../work/file-download.ts'
import css from './bulk.module.css'
import type { Change } from './change.ts'
import type { Row } from './change-many.ts'
import type { BulkRun } from './use-bulk-run.ts'

interface BulkOutcomeProps {
  readonly run: BulkRun
  readonly kind: Change['kind']
  readonly isUndo: boolean
}

const REFUSED_SHOWN_MAX = 500

/** What became of each user; refused ones first, and as a file. */
export function BulkOutcome({ run, kind, isUndo }: BulkOutcomeProps) {
  const { counts, refused, shown, state, total, done } = run
  const word = isUndo ? 'taken back' : DONE[kind]
  const sentence = sentenceOf(run, word)
  const said = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    announce(sentence)
    // The button that had the focus while it ran is gone.
    said.current?.focus()
  }, [sentence])
  const rows = [...refused.slice(0, REFUSED_SHOWN_MAX), ...shown]
  return (
    <div className={css.outcome}>
      {state === 'failed' && <Fault error={run.fault} />}
      <p ref={said} tabIndex={-1} className={css.sentence}>
        {sentence}
      </p>
      {state !== 'done' && done < total && (
        <p>
          {countText(total - done)} {total - done === 1 ? 'was' : 'were'} not reached. What was done stays.
        </p>
      )}
      {refused.length > 0 && (
        <div>
          <Button icon={<Download aria-hidden />} onClick={() => saveFile('refused-users.csv', refusedFile(refused))}>
            Save the refused as CSV
          </Button>
        </div>
      )}
      {rows.length > 0 && (
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
          {rows.length < counts.changed + counts.unchanged + counts.refused && (
            <p className={css.quiet}>The first {numberText(rows.length)} are shown.</p>
          )}
        </>
      )}
    </div>
  )
}

const TONES = { changed: 'good', unchanged: 'quiet', refused: 'danger' } as const

const DONE: Readonly<Record<Change['kind'], string>> = {
  status: 'changed',
  customer: 'moved',
  role: 'changed',
  tags: 'changed',
  delete: 'deleted',
  restore: 'restored',
}

function sentenceOf({ state, counts }: BulkRun, word: string): string {
  const parts = [
    `${countText(counts.changed)} ${word}`,
    ...(counts.unchanged > 0 ? [`${numberText(counts.unchanged)} as they were`] : []),
    ...(counts.refused > 0 ? [`${numberText(counts.refused)} refused`] : []),
  ]
  return `${state === 'done' ? '' : 'Stopped: '}${parts.join(', ')}.`
}

function refusedFile(refused: readonly Row[]): Blob {
  const lines = refused.map(({ id, name, reason = '' }) => csvLine([id, name, reason], ',', 'quote'))
  return new Blob([csvLine(['id', 'fullName', 'reason']), ...lines], { type: 'text/csv' })
}
