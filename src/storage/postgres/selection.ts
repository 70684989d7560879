import type { Filter } from '../../core/filter.ts'
import { conditionFrom, type Condition } from '../sql/condition.ts'
import { and, type Fragment } from '../sql/fragment.ts'
import { byNumbers, candidatesOf, type Candidates } from './candidates.ts'
import { compile } from './compile.ts'
import { scopesOf, withScopes } from './customer-scope.ts'
import type { Reading } from './reader.ts'

/** The users a query asks for, whatever their order. */
export interface Selection {
  readonly condition: Condition
  /** Those among whom they are, where there is a search: `SELECT … AS number …`. */
  readonly found: Fragment | null
  /** The condition on a row `u` of `users`. */
  readonly where: Fragment
  /** Ways to those it can hold for. */
  readonly candidates: readonly Candidates[]
}

/** The selection a filter makes. */
export async function selectionOf(reading: Reading, filter: Filter): Promise<Selection> {
  const condition = conditionFrom(filter)
  const scopes = await scopesOf(reading, condition)
  const simple = withScopes(condition, scopes)
  const context = { subtree: (id: number) => scopes.get(id)?.customers, long: reading.heading.long }
  return { condition: simple, found: null, where: compile(simple, context), candidates: candidatesOf(simple, context) }
}

/** A selection narrowed to those a search finds: `SELECT … AS number …`. */
export function narrowed(selection: Selection, found: Fragment): Selection {
  const candidates = byNumbers(found)
  return {
    condition: selection.condition,
    found,
    where: and([candidates.where, selection.where]),
    candidates: [candidates, ...selection.candidates],
  }
}
