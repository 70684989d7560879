import { useState } from 'react'
import { answers, directory } from '../../directory/client.ts'
import type { Standing } from '../../work/course.ts'
import { keepPace, type Pace } from '../../work/pace.ts'
import { useCourse } from '../../work/use-course.ts'
import type { Encoding } from './reading/file-text.ts'
import { importRows, type RowOutcome } from './import-rows.ts'
import { openRefusedRows, type RefusedRow, type RefusedRows } from './refused-rows.ts'
import type { Rules } from './rules.ts'
import { openSource } from './reading/source.ts'

/** An import, or a rehearsal of one, under way or over. */
export interface ImportRun {
  readonly isRehearsal: boolean
  /** Every row is a new user: what is sent again finds its own values taken. */
  readonly createsAll: boolean
  readonly state: 'running' | 'done' | 'ended' | 'failed'
  readonly fault: unknown
  readonly counts: Readonly<Record<RowOutcome['outcome'], number>>
  readonly rows: number
  /** How much of the file is done, from 0 to 1. */
  readonly share: number
  /** The last line that is done; one can go on after it. */
  readonly line: number
  readonly pace: Pace
  readonly standing: Standing
  readonly isEnding: boolean
  /** The first of those that were refused. */
  readonly refused: readonly RefusedRow[]
  /** All of them. */
  readonly refusals: RefusedRows | null
  readonly pause: () => void
  readonly resume: () => void
  readonly end: () => void
}

const REFUSED_SHOWN_MAX = 200
/** Runs imports one after another, and says how far they are. */
export function useImportRun() {
  const [run, setRun] = useState<ImportRun | null>(null)
  const open = useCourse()

  const start = async (file: File, encoding: Encoding, rules: Rules, isRehearsal: boolean, before?: ImportRun) => {
    const keeper = keepPace()
    let now: ImportRun
    const show = (next: Partial<ImportRun>) => {
      now = { ...now, ...next }
      setRun(now)
    }
    const course = open((standing) => {
      keeper.reset()
      show({ standing })
    })
    now = {
      ...(before ?? FRESH),
      isRehearsal,
      createsAll: rules.match === null,
      state: 'running',
      fault: null,
      standing: { kind: 'running' },
      isEnding: false,
      pause: course.pause,
      resume: course.resume,
      end() {
        course.end()
        show({ isEnding: true })
      },
    }
    setRun(now)
    keeper.note(now.rows, Date.now())
    try {
      const source = await openSource(file, encoding)
      const refusals = before?.refusals ?? openRefusedRows(source)
      show({ refusals })
      const onOutcomes = (outcomes: readonly RowOutcome[]) => {
        for (const { row, outcome, reason = '' } of outcomes) if (outcome === 'refused') refusals.add(row, reason)
        const next = withOutcomes(now, outcomes)
        // What was read is ahead of what is done by the batches that are under way.
        const share = Math.max(now.share, Math.min(1, (source.read() / file.size) * (next.rows / taken)))
        keeper.note(next.rows, Date.now())
        const left = share > 0 ? (next.rows * (1 - share)) / share : 0
        show({ ...next, share, pace: keeper.pace(left) })
      }
      let taken = 0
      async function* counted() {
        for await (const row of source.rows) {
          taken += 1
          yield row
        }
      }
      const parts = { rows: counted(), rules: { ...rules, dryRun: isRehearsal }, write: directory.imports.write }
      const state = await importRows({ ...parts, course, onOutcomes, ...(before ? { afterLine: before.line } : {}) })
      show({ state, ...(state === 'done' ? { share: 1 } : {}) })
    } catch (fault) {
      show({ state: 'failed', fault })
    }
    if (!isRehearsal)
      for (const key of ['users', 'user', 'customers']) void answers.invalidateQueries({ queryKey: [key] })
  }
  return { run, start, clear: () => setRun(null) }
}

const FRESH = {
  counts: { created: 0, updated: 0, unchanged: 0, refused: 0 },
  rows: 0,
  share: 0,
  line: 0,
  pace: { perSecond: null, secondsLeft: null },
  refused: [],
  refusals: null,
}

function withOutcomes(run: ImportRun, outcomes: readonly RowOutcome[]): ImportRun {
  const counts = { ...run.counts }
  for (const { outcome } of outcomes) counts[outcome] += 1
  const refused = outcomes.flatMap(({ row, outcome, reason = '', column }) =>
    outcome === 'refused' ? [{ line: row.line, reason, ...(column === undefined ? {} : { column }) }] : [],
  )
  return {
    ...run,
    counts,
    rows: run.rows + outcomes.length,
    line: outcomes.at(-1)?.row.line ?? run.line,
    refused: [...run.refused, ...refused].slice(0, REFUSED_SHOWN_MAX),
  }
}
