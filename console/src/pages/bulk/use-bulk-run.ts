import { useState } from 'react'
import { answers, directory } from '../../directory/client.ts'
import type { Course, Standing } from '../../work/course.ts'
import { keepPace, type Pace } from '../../work/pace.ts'
import { useCourse } from '../../work/use-course.ts'
import type { Change } from './change.ts'
import { changeMany, takeBack, type Row, type Target } from './change-many.ts'

/** A change of many users, under way or over. */
export interface BulkRun {
  readonly state: 'running' | 'done' | 'ended' | 'failed'
  /** What stopped it, where it failed. */
  readonly fault: unknown
  readonly counts: Readonly<Record<Row['outcome'], number>>
  readonly done: number
  readonly total: number
  readonly standing: Standing
  readonly pace: Pace
  readonly isEnding: boolean
  readonly refused: readonly Row[]
  /** All others, without what takes them back. */
  readonly well: readonly Row[]
  /** What can be taken back; empty where it is too much to be kept. */
  readonly reversible: readonly Row[]
  readonly resume: () => void
  /** Ends it after the batch it is at. */
  readonly end: () => void
}

/** Changes that can be taken back: more would fill the memory of the browser. */
const REVERSIBLE_MAX = 200_000

type BulkStart = Pick<BulkRun, 'total'> & Partial<Pick<BulkRun, 'counts' | 'done' | 'well' | 'reversible'>>

type Work = (parts: {
  readonly course: Course
  readonly onRows: (rows: readonly Row[]) => void
}) => Promise<'done' | 'ended'>

/** Runs changes of many users one after another, and says how far they are. */
export function useBulkRun() {
  const [run, setRun] = useState<BulkRun | null>(null)
  const open = useCourse()

  const start = (fresh: BulkStart, work: Work) => {
    const keeper = keepPace()
    let now: BulkRun
    const show = (next: Partial<BulkRun>) => {
      now = { ...now, ...next }
      setRun(now)
    }
    const course = open((standing) => {
      keeper.reset()
      show({ standing })
    })
    const end = () => {
      course.end()
      show({ isEnding: true })
    }
    const onRows = (rows: readonly Row[]) => {
      const next = withRows(now, rows)
      keeper.note(next.done, Date.now())
      show({ ...next, pace: keeper.pace(next.total - next.done) })
    }
    now = { ...FRESH, ...fresh, resume: course.resume, end }
    setRun(now)
    keeper.note(now.done, Date.now())
    work({ course, onRows })
      .then((state) => show({ state }))
      .catch((fault: unknown) => show({ state: 'failed', fault }))
      .finally(() => {
        for (const key of ['users', 'user', 'customers']) void answers.invalidateQueries({ queryKey: [key] })
      })
  }

  return {
    run,
    change: (target: Target, change: Change, total: number) =>
      start({ total }, (parts) => changeMany(target, change, { users: directory.users, ...parts })),
    /** Tries again with those that were refused; what the run did otherwise is kept with it. */
    retry: (before: BulkRun, change: Change) => {
      const target: Target = { kind: 'some', ids: before.refused.map(({ id }) => id) }
      start(withoutRefused(before), async (parts) => {
        const end = await changeMany(target, change, { users: directory.users, ...parts })
        // Those that were not reached before are not reached now.
        return before.state === 'done' ? end : 'ended'
      })
    },
    takeBack: (rows: readonly Row[]) =>
      start({ total: rows.length }, (parts) => takeBack(rows, { users: directory.users, ...parts })),
  }
}

const FRESH: Omit<BulkRun, 'resume' | 'end' | 'total'> = {
  state: 'running',
  fault: null,
  counts: { changed: 0, unchanged: 0, refused: 0 },
  done: 0,
  standing: { kind: 'running' },
  pace: { perSecond: null, secondsLeft: null },
  isEnding: false,
  refused: [],
  well: [],
  reversible: [],
}

function withoutRefused({ state, counts, done, total, refused, well, reversible }: BulkRun): BulkStart {
  return {
    counts: { ...counts, refused: 0 },
    done: done - refused.length,
    // All of a list may have been more or fewer than were counted first.
    total: state === 'done' ? done : Math.max(total, done),
    well,
    reversible,
  }
}

function withRows(run: BulkRun, rows: readonly Row[]): BulkRun {
  const counts = { ...run.counts }
  for (const { outcome } of rows) counts[outcome] += 1
  // Three texts for each, some 20 MB for a hundred thousand; what takes them back would be as much again.
  const well = rows.flatMap(({ id, name, outcome }) => (outcome === 'refused' ? [] : [{ id, name, outcome }]))
  return {
    ...run,
    counts,
    done: run.done + rows.length,
    refused: [...run.refused, ...rows.filter(({ outcome }) => outcome === 'refused')],
    well: [...run.well, ...well],
    reversible: counts.changed > REVERSIBLE_MAX ? [] : [...run.reversible, ...rows.filter((row) => 'reversal' in row)],
  }
}
