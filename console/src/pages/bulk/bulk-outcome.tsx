import { Download } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { announce } from '../../widgets/announcer.tsx'
import { Button } from '../../widgets/button.tsx'
import { Fault } from '../../widgets/states.tsx'
import { countText, numberText } from '../../text/count.ts'
import { saveFile } from '../../work/file-download.ts'
import css from './bulk.module.css'
import type { Change } from './change.ts'
import { ResultsTable } from './results-table.tsx'
import { resultsFile } from './results-file.ts'
import type { BulkRun } from './use-bulk-run.ts'

interface BulkOutcomeProps {
  readonly run: BulkRun
  readonly kind: Change['kind']
  readonly isUndo: boolean
}

/** What became of each user, as a table and as a file; refused ones first. */
export function BulkOutcome({ run, kind, isUndo }: BulkOutcomeProps) {
  const { refused, well, state, total, done } = run
  const word = isUndo ? 'taken back' : DONE[kind]
  const sentence = sentenceOf(run, word)
  const said = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    announce(sentence)
    // The button that had the focus while it ran is gone.
    said.current?.focus()
  }, [sentence])
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
      {refused.length + well.length > 0 && (
        <>
          <div className={css.files}>
            {refused.length > 0 && (
              <Button
                icon={<Download aria-hidden />}
                onClick={() => saveFile('refused-users.csv', resultsFile(refused))}
              >
                Save the refused as CSV
              </Button>
            )}
            <Button icon={<Download aria-hidden />} onClick={() => saveFile('results.csv', resultsFile(refused, well))}>
              Save every result as CSV
            </Button>
          </div>
          <ResultsTable refused={refused} well={well} word={word} />
        </>
      )}
    </div>
  )
}

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
