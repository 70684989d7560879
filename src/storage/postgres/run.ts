import type { Fragment } from '../sql/fragment.ts'

/** A stretch of an order: users right behind one another, read together. */
export type Run = ListRun | ReadRun | GroupRun

/** Users known by number, in order. */
export interface ListRun {
  readonly kind: 'list'
  readonly numbers: readonly number[]
  /** The score of each, where the order is by relevance. */
  readonly scores: readonly number[] | null
}

/** Rows `u` of users in an order, as SQL has them: what comes after FROM, a condition, and the order. */
export interface Rows {
  readonly source: Fragment
  readonly where: Fragment
  readonly orderBy: Fragment
}

/** Users that one statement reads. */
export interface ReadRun extends Rows {
  readonly kind: 'read'
  /** Others of the same stretch, whom another index has, and the order of all of them by the columns of `ordered`. */
  readonly beside?: { readonly rows: Rows; readonly orderBy: Fragment }
  /** Whether the rows are sorted before the first one is known, so that skipping is better done by counting. */
  readonly sorts: boolean
  /** The score of everybody in it, where the order is by relevance. */
  readonly score: number | null
  /** Whether the statement has one good plan, whatever its values are. */
  readonly isPlain?: boolean
}

/** Users whose own stretches are read by another index than the one that counts them best. */
export interface GroupRun {
  readonly kind: 'group'
  /** What comes after FROM, and a condition: all users of the runs. */
  readonly source: Fragment
  readonly where: Fragment
  readonly runs: () => Runs
}

/** Stretches one after another; one is made only when those before it have not filled the page. */
export type Runs = AsyncIterable<Run> | Iterable<Run>
