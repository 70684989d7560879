import { splitField } from '../../core/field.ts'
import { isConstant, isDeletedQuestion, type Condition } from '../sql/condition.ts'
import { sql, type Fragment } from '../sql/fragment.ts'
import { keyOf, userCount, type Reading } from './reader.ts'
import type { Selection } from './selection.ts'

/** Columns by which users are counted as they are written. */
const COUNTED: ReadonlySet<string> = new Set(['customerId', 'status', 'userType', 'live'])

/** How many users of a selection there are, exactly. Remembered until the next commit. */
export async function countOf({ reader, asking, heading }: Reading, selection: Selection): Promise<number> {
  const { condition, found, where } = selection
  if (isConstant(condition) && (!found || condition.kind === 'or'))
    return condition.kind === 'or' ? 0 : userCount(heading)
  if (where.text === 'u.live') return heading.live
  const { revision } = heading
  const key = keyOf(where)
  const known = reader.totals.get(key)
  if (known?.revision === revision) return known.total
  const total = Number((await asking.first(countQuery(selection)))?.[0])
  reader.totals.set(key, { revision, total })
  return total
}

/** Whether the users of a selection are counted as they are written. */
export function isCounted({ condition, found }: Selection): boolean {
  return !found && [...fieldsOf(condition)].every((field) => COUNTED.has(field))
}

function countQuery(selection: Selection): Fragment {
  const { where } = selection
  return isCounted(selection)
    ? sql`SELECT coalesce(sum(u.users), 0)::bigint FROM user_counts u WHERE ${where}`
    : sql`SELECT count(*) FROM users u WHERE ${where}`
}

// The fields asked about; a question for deleted users alone is about `live`.
function fieldsOf(condition: Condition): ReadonlySet<string> {
  if (condition.kind !== 'atom') return new Set(condition.of.flatMap((one) => [...fieldsOf(one)]))
  const { atom } = condition
  if (atom.kind === 'subtree') return new Set(['customerId'])
  return new Set([isDeletedQuestion(atom) ? 'live' : splitField(atom.field).name])
}
