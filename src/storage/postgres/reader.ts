import type { Position } from '../../core/query.ts'
import type { Fragment } from '../sql/fragment.ts'
import { memory, type Memory } from '../sql/memory.ts'
import type { Asking } from './database.ts'
import type { Heading } from './heading.ts'

/** Answers remembered for as long as they hold, and guesses for somewhat longer. */
const REMEMBERED_MAX = 2000
/** Lists of numbers are longer. */
const MATCHES_MAX = 50

/** Where one plan gets dearer than another. They change how a page is found, never what is on it. */
export interface PlanLimits {
  /** How many candidates may be gathered and sorted to read so many users, of all there are. */
  readonly gatherMax: (users: number, limit: number) => number
  /** How many may be gathered where their number is wanted, so that all of them must be looked at anyway. */
  readonly countedMax: number
  /** How many users of different keys are sorted together at first, for a page of a length. */
  readonly sliceMin: (limit: number) => number
  /** How many users a search finds may be scored and remembered; more are read score by score. */
  readonly scoredMax: number
}

const GATHER_MIN = 1000

const PLAN_LIMITS: PlanLimits = {
  // To walk along an index and leave out whom the filter leaves out costs about `users × limit / matches` looks; to
  // gather all candidates and sort them costs `candidates`. They meet at the root of `users × limit`.
  gatherMax: (users, limit) => Math.max(GATHER_MIN, Math.ceil(Math.sqrt(users * limit))),
  countedMax: 100_000,
  sliceMin: (limit) => limit * 4,
  scoredMax: 50_000,
}

/** A number of candidates, counted up to `most + 1`, and the directory it was counted in. */
export interface Estimate {
  readonly estimate: number
  readonly most: number
  readonly users: number
  readonly revision: number
}

/** What is known of a customer and all below it. */
export interface CustomerScope {
  /** The revision that last changed any customer when this was found out. */
  readonly revision: number
  /** Their ids; none where there is no such customer. */
  readonly customers: readonly number[]
  /** Whether there are no others. */
  readonly isEverybody: boolean
}

/** The numbers of the words near a term, by how far they are: the same, beginning with it, one and two edits away. */
export type NearWords = readonly [readonly number[], readonly number[], readonly number[], readonly number[]]

/** The users a search finds, best first, with the score of each. */
export interface Ranking {
  readonly numbers: readonly number[]
  readonly scores: readonly number[]
}

/** What was found out before, with the revision it belongs to. */
export interface Reader {
  readonly limits: PlanLimits
  /** The newest heading seen. */
  heading: Heading | undefined
  readonly totals: Memory<{ readonly revision: number; readonly total: number }>
  /** How many candidates a question has, up to a limit: for choosing a plan, never for an answer. */
  readonly estimates: Memory<Estimate>
  /** The numbers of the users of selections, ascending. */
  readonly matches: Memory<{ readonly revision: number; readonly numbers: readonly number[] }>
  /** Selections of so many users that nobody remembers them, with the revision at which they were. */
  readonly crowds: Memory<number>
  /** What searches find; undefined where that is too much. */
  readonly rankings: Memory<{ readonly revision: number; readonly ranking: Ranking | undefined }>
  /** Where users stand in an order, by how many stand before them. */
  readonly landmarks: Memory<{ readonly revision: number; readonly places: Map<number, Position> }>
  /** Live users before each block that has any, in order. */
  blocks:
    { readonly revision: number; readonly before: readonly (readonly [block: number, live: number])[] } | undefined
  /** Customers with all below them. */
  readonly scopes: Memory<CustomerScope>
  /** The words near a term, with the revision they were found at. */
  readonly nearWords: Memory<{ readonly revision: number; readonly words: NearWords }>
}

export function openReader(limits: PlanLimits = PLAN_LIMITS): Reader {
  return {
    limits,
    heading: undefined,
    totals: memory(REMEMBERED_MAX),
    estimates: memory(REMEMBERED_MAX),
    matches: memory(MATCHES_MAX),
    crowds: memory(REMEMBERED_MAX),
    rankings: memory(MATCHES_MAX),
    landmarks: memory(REMEMBERED_MAX),
    blocks: undefined,
    scopes: memory(REMEMBERED_MAX),
    nearWords: memory(REMEMBERED_MAX),
  }
}

/** A reading: all it asks is answered from the revision of its heading. */
export interface Reading {
  readonly reader: Reader
  readonly asking: Asking
  readonly heading: Heading
}

/** All users there are, deleted ones too. */
export function userCount({ live, deleted }: Heading): number {
  return live + deleted
}

/** A fragment as the key of a memory: text and values. */
export function keyOf({ text, values }: Fragment): string {
  return `${text}\0${JSON.stringify(values)}`
}
