import type { Fragment } from '../sql/fragment.ts'
import { counter } from './counters.ts'
import type { CustomerScope } from './customer-scope.ts'
import type { Database } from './database.ts'
import { memory, type Memory } from '../sql/memory.ts'

/** Answers remembered for as long as they hold, and guesses for somewhat longer. */
const REMEMBERED_MAX = 2000

/** Lists of numbers are longer. */
const MATCHES_MAX = 100

/** Where one plan gets dearer than another. They change how a page is found, never what is on it. */
export interface PlanLimits {
  /** How many candidates may be gathered and sorted to read so many users, of all there are. */
  readonly gatherMax: (users: number, limit: number) => number
  /** How many users of different keys are sorted together at first, for a page of a length. */
  readonly sliceMin: (limit: number) => number
  /** How many users a search finds may be scored one by one; more are read score by score. */
  readonly scoredMax: number
}

const GATHER_MIN = 1000

const PLAN_LIMITS: PlanLimits = {
  // To walk along an index and leave out whom the filter leaves out costs about `users × limit / matches` looks; to
  // gather all candidates and sort them costs `candidates`. They meet at the root of `users × limit`.
  gatherMax: (users, limit) => Math.max(GATHER_MIN, Math.ceil(Math.sqrt(users * limit))),
  sliceMin: (limit) => limit * 4,
  scoredMax: 1000,
}

/** A number of candidates, counted up to `most + 1`, and the directory it was counted in. */
export interface Estimate {
  readonly estimate: number
  readonly most: number
  readonly users: number
  readonly revision: number
}

/** Where a reading takes place. */
export interface ReadingPlace {
  /** Users a reading may look at one by one: where others wait for the same thread, dearer ones are read elsewhere. */
  readonly looksMax: number
  /** Whether statements end when their time is over. */
  readonly isTimed: boolean
}

/** What reading needs: the database, and what was found out before. */
export interface Reader extends ReadingPlace {
  readonly database: Database
  readonly limits: PlanLimits
  /** Totals, with the revision they belong to. */
  readonly totals: Memory<{ readonly revision: number; readonly total: number }>
  /** How many candidates a question has, up to a limit: for choosing a plan, never for an answer. */
  readonly estimates: Memory<Estimate>
  /** The numbers of the users of selections that have few, with the revision they belong to. */
  readonly matches: Memory<{ readonly revision: number; readonly numbers: readonly number[] }>
  /** Customers with all below them. */
  readonly scopes: Memory<CustomerScope>
  /** The words near a term, with the size of the vocabulary they were found in. */
  readonly nearWords: Memory<{ readonly size: number; readonly words: ReadonlyMap<string, number> }>
}

const ANYWHERE: ReadingPlace = { looksMax: Infinity, isTimed: false }

export function readerOf(database: Database, limits: PlanLimits = PLAN_LIMITS, place = ANYWHERE): Reader {
  return {
    ...place,
    database,
    limits,
    totals: memory(REMEMBERED_MAX),
    estimates: memory(REMEMBERED_MAX),
    matches: memory(MATCHES_MAX),
    scopes: memory(REMEMBERED_MAX),
    nearWords: memory(REMEMBERED_MAX),
  }
}

/** All users there are, deleted ones too. */
export function userCount({ database }: Reader): number {
  return counter(database, 'live') + counter(database, 'deleted')
}

/** A fragment as the key of a memory: text and values. */
export function keyOf({ text, values }: Fragment): string {
  return `${text}\0${JSON.stringify(values.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)))}`
}
