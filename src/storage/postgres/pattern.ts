import { ANY, type TextPart } from '../../core/filter.ts'
import { isStorable } from '../../core/text.ts'
import { and, NEVER, raw, sql, type Fragment } from '../sql/fragment.ts'
import { textEnd } from '../sql/text-end.ts'

/**
 * The condition that an expression's text is a folded pattern (`foldParts`): null where it is absent, which callers take
 * as false. LIKE compares as it stands, and its time grows with no more than the text times the pattern.
 */
export function patternCondition(text: Fragment, parts: readonly TextPart[]): Fragment {
  const runs = parts.filter((part) => part !== ANY)
  if (!runs.every(isStorable)) return NEVER
  if (!parts.includes(ANY)) return sql`${text} = ${runs.join('')}`
  if (runs.length === 0) return sql`${text} IS NOT NULL`
  const pattern = parts.map((part) => (part === ANY ? '%' : part.replace(/[\\%_]/g, '\\$&'))).join('')
  const [start] = parts
  const range = typeof start === 'string' ? [startsWith(text, start)] : []
  // A range says all of a start alone.
  if (range.length > 0 && parts.length === 2) return and(range)
  return and([...range, sql`${text} LIKE ${pattern}`])
}

// The condition that a text begins so, as a range.
function startsWith(text: Fragment, start: string): Fragment {
  const end = textEnd(start)
  const from = sql`${text} >= ${start}`
  return end === null ? from : sql`(${from} AND ${text} < ${end})`
}

/** The text of a number as a text in the order of bytes. */
export function numberText(expression: Fragment): Fragment {
  return sql`(${expression}::text COLLATE "C")`
}

/** The text of milliseconds since 1970 as an instant, to the millisecond whatever the year. */
export function instantTextOf(expression: Fragment): Fragment {
  const ms = expression.text
  const rest = `((${ms} % 1000 + 1000) % 1000)`
  const seconds = `timestamp 'epoch' + interval '1 second' * ((${ms} - ${rest}) / 1000)`
  const text = `to_char(${seconds}, 'YYYY-MM-DD"T"HH24:MI:SS') || '.' || lpad(${rest}::text, 3, '0') || 'Z'`
  return raw(`((${text}) COLLATE "C")`)
}
