import type { Filter } from '../../core/filter.ts'
import { conditionFrom, type Condition } from '../sql/condition.ts'
import { and, sql, type Fragment } from '../sql/fragment.ts'
import { candidatesOf, type Candidates } from './candidates.ts'
import { compile } from './compile.ts'
import { customerScope, withScopes } from './customer-scope.ts'
import { inTime } from './dear.ts'
import type { Reader } from './reader.ts'

/** The users a query asks for, whatever their order. */
export interface Selection {
  readonly condition: Condition
  /** The condition on a row `u` of `users`. */
  readonly where: Fragment
  /** Ways to those it can hold for. */
  readonly candidates: readonly Candidates[]
  /** Whether users must be among those a search finds too, of which the condition says nothing. */
  readonly isSearched: boolean
}

/** The selection a filter makes. */
export function selectionOf(reader: Reader, filter: Filter): Selection {
  const { database, scopes } = reader
  const scope = (id: number) => customerScope(database, scopes, id)
  const condition = withScopes(conditionFrom(filter), scope)
  const context = { subtree: scope, inTime: (number: string) => inTime(reader, number) }
  return {
    condition,
    where: compile(condition, context),
    candidates: candidatesOf(condition, context),
    isSearched: false,
  }
}

/** A selection narrowed to those a search finds: `SELECT … AS number …`. */
export function narrowed({ condition, where, candidates }: Selection, found: Fragment): Selection {
  return {
    condition,
    where: and([sql`u.number IN (${found})`, where]),
    candidates: [
      { numbers: found, isExact: false, scans: false, question: null },
      ...candidates.map((one) => ({ ...one, isExact: false })),
    ],
    isSearched: true,
  }
}
