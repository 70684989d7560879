import { comparable } from '../../core/matches.ts'
import { isStorable } from '../../core/text.ts'
import { conjuncts, isLive, type Condition } from '../sql/condition.ts'
import { raw, sql, type Fragment } from '../sql/fragment.ts'
import { arrayText } from './array-text.ts'

/**
 * The condition on a row `u` of `users` that is a condition, where that asks for live users by what each of them has for itself
 * alone; undefined for any other.
 */
export function namedUsers(condition: Condition): Fragment | undefined {
  const all = conjuncts(condition)
  const [only, ...others] = all.filter((one) => !isLive(one))
  if (only?.kind !== 'atom' || only.negated || others.length > 0 || all.length === 1) return undefined
  const { atom } = only
  if (atom.kind !== 'in' || (atom.field !== 'identifier' && atom.field !== 'email')) return undefined
  const { field, values } = atom
  const keys = values
    .map((value) => comparable(field, value))
    .filter((key): key is string => typeof key === 'string' && isStorable(key))
  // Key by key: of a list of a thousand, and while a load has told the planner nothing yet, it may think that everybody is
  // looked at sooner.
  return sql`u.number = ANY (ARRAY(SELECT n.number FROM unnest(${arrayText(keys)}::text[]) AS k (key)
    CROSS JOIN LATERAL (SELECT x.number FROM users x WHERE x.live AND x.${raw(field)} = k.key LIMIT 1) n))`
}
