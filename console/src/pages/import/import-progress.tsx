import { Link } from '@tanstack/react-router'
import { Download, Pause, Play, Square } from 'lucide-react'
import { useEffect } from 'react'
import { announce } from '../../widgets/announcer.tsx'
import { useMay } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import { Section } from '../../widgets/page.tsx'
import { Fault } from '../../widgets/states.tsx'
import { Table } from '../../widgets/table.tsx'
import { countText, numberText } from '../../text/count.ts'
import { saveFile } from '../../work/file-download.ts'
import { Progress } from '../../work/progress.tsx'
import css from './import.module.css'
import type { ImportRun } from './use-import-run.ts'

interface ImportProgressProps {
  readonly run: ImportRun
  readonly fileName: string
  /** Goes on after the last line that is done. */
  readonly onGoOn: () => void
  /** After a rehearsal: does it. */
  readonly onImport: () => void
  /** Back to what the columns mean. */
  readonly onBack: () => void
}

/** How far an import is, and what became of its rows. */
export function ImportProgress({ run, fileName, onGoOn, onImport, onBack }: ImportProgressProps) {
  const { state, isRehearsal, counts, standing } = run
  const isRunning = state === 'running'
  const sentence = sentenceOf(run)
  useEffect(() => {
    if (!isRunning) announce(sentence)
  }, [isRunning, sentence])
  const mayRead = useMay('users:read')
  return (
    <Section title={titleOf(run)} lead={fileName}>
      {isRunning ? (
        <Progress
          label={isRehearsal ? 'Rows checked' : 'Rows imported'}
          share={run.share}
          done={`${Math.floor(run.share * 100)} %, ${countText(run.rows, 'row')}`}
          pace={run.pace}
          unit="row"
          standing={standing}
          isEnding={run.isEnding}
          {...(run.createsAll && !isRehearsal ? { afterLoss: AFTER_LOSS } : {})}
        />
      ) : (
        <p className={css.sentence}>{sentence}</p>
      )}
      {state === 'failed' && <Fault error={run.fault} />}
      <dl className={css.counts}>
        {(['created', 'updated', 'unchanged', 'refused'] as const).map((outcome) => (
          <div key={outcome}>
            <dt>{(isRehearsal ? WOULD_BE : LABELS)[outcome]}</dt>
            <dd className={outcome === 'refused' && counts.refused > 0 ? css.fault : undefined}>
              {numberText(counts[outcome])}
            </dd>
          </div>
        ))}
      </dl>
      {isRehearsal && !isRunning && (
        <p className={css.quiet}>
          Nothing was written. Rows that repeat what an earlier row of the file says are found only when they are.
        </p>
      )}
      <div className={css.start}>
        {isRunning ? (
          <Steering run={run} />
        ) : (
          <>
            <Button onClick={onBack}>Back to the columns</Button>
            {run.refusals !== null && counts.refused > 0 && (
              <Button icon={<Download aria-hidden />} onClick={() => save(run, fileName)}>
                Save {countText(counts.refused, 'refused row')}
              </Button>
            )}
            {state !== 'done' && run.line > 0 && (
              <Button onClick={onGoOn}>Go on after line {numberText(run.line)}</Button>
            )}
            {isRehearsal && state === 'done' && (
              <Button look="main" onClick={onImport}>
                Import them now
              </Button>
            )}
            {!isRehearsal && mayRead && <Link to="/users">See the users</Link>}
          </>
        )}
      </div>
      {run.refused.length > 0 && <Refused run={run} />}
    </Section>
  )
}

function Steering({ run }: { readonly run: ImportRun }) {
  const { standing, isEnding, pause, resume, end } = run
  const isHalted = standing.kind === 'paused' || standing.kind === 'lost'
  return (
    <>
      {isHalted ? (
        <Button look="main" icon={<Play aria-hidden />} onClick={resume} disabled={isEnding}>
          Go on
        </Button>
      ) : (
        <Button icon={<Pause aria-hidden />} onClick={pause} disabled={isEnding}>
          Pause
        </Button>
      )}
      <Button icon={<Square aria-hidden />} onClick={end} disabled={isEnding}>
        Stop
      </Button>
    </>
  )
}

function Refused({ run }: { readonly run: ImportRun }) {
  return (
    <div className={css.stack}>
      <h3>Refused rows</h3>
      <Table label="Refused rows" head={[{ title: 'Line', isNumber: true }, { title: 'Column' }, { title: 'Why' }]}>
        {run.refused.map(({ line, column, reason }) => (
          <tr key={line}>
            <th scope="row" className={css.line}>
              {line}
            </th>
            <td dir="auto">{column ?? '–'}</td>
            <td>{reason}</td>
          </tr>
        ))}
      </Table>
      {run.counts.refused > run.refused.length && (
        <p className={css.quiet}>The first {numberText(run.refused.length)} are shown; the file has all of them.</p>
      )}
    </div>
  )
}

const AFTER_LOSS =
  'rows that were written without an answer are then refused, and it is said of them that they may have been.'

const LABELS = { created: 'Created', updated: 'Updated', unchanged: 'Unchanged', refused: 'Refused' } as const

const WOULD_BE = {
  created: 'To be created',
  updated: 'To be updated',
  unchanged: 'Stay as they are',
  refused: 'Refused',
} as const

function titleOf({ state, isRehearsal }: ImportRun): string {
  if (state === 'running') return isRehearsal ? 'Checking all rows' : 'Importing'
  if (state === 'done') return isRehearsal ? 'Checked' : 'Imported'
  return 'Stopped'
}

function sentenceOf({ state, isRehearsal, counts, rows }: ImportRun): string {
  const done = isRehearsal
    ? `${countText(rows - counts.refused, 'row')} can be imported`
    : `${countText(counts.created, 'user')} created, ${numberText(counts.updated)} updated, ${numberText(counts.unchanged)} unchanged`
  const refused = counts.refused === 0 ? '' : `, ${numberText(counts.refused)} refused`
  if (state === 'done') return `${done}${refused}.`
  return `Stopped after ${countText(rows, 'row')}: ${done}${refused}. ${isRehearsal ? '' : 'What was written stays.'}`.trim()
}

function save({ refusals }: ImportRun, fileName: string): void {
  const name = fileName.replace(/\.[^.]*$/, '')
  const content = refusals?.file()
  if (content !== undefined) saveFile(`${name}.refused.${content.type === 'text/csv' ? 'csv' : 'jsonl'}`, content)
}
