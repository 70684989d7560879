import { ANY, type TextPart } from '../../core/filter.ts'
import { and, raw, sql, type Fragment } from '../sql/fragment.ts'
import { textEnd } from '../sql/text-end.ts'
import { MATCHES_PATTERN, patternArgument } from './functions.ts'

/**
 * The condition that an expression's text is a folded pattern (`foldParts`): null where it is absent, which callers
 * take as false. LIKE and GLOB are not used: the one folds on its own, the other backtracks without bound.
 */
export function patternCondition(text: Fragment, parts: readonly TextPart[]): Fragment {
  if (!parts.includes(ANY)) return sql`${text} = ${runsOf(parts).join('')}`
  const runs = runsOf(parts)
  if (runs.length === 0) return sql`${text} IS NOT NULL`
  const start = parts[0] === ANY ? undefined : runs[0]
  const end = parts.at(-1) === ANY ? undefined : runs.at(-1)
  const inner = runs.slice(start === undefined ? 0 : 1, end === undefined ? runs.length : -1)
  const conditions: Fragment[] = []
  if (start !== undefined) conditions.push(startsWith(text, start))
  if (end !== undefined) conditions.push(endsWith(text, end))
  for (const run of inner) conditions.push(sql`instr(${text}, ${run}) > 0`)
  // One run alone says it all; several must come one after another.
  if (runs.length > 1) conditions.push(sql`${raw(MATCHES_PATTERN)}(${text}, ${patternArgument(parts)})`)
  return and(conditions)
}

function startsWith(text: Fragment, start: string): Fragment {
  const end = textEnd(start)
  return end === null ? sql`${text} >= ${start}` : sql`(${text} >= ${start} AND ${text} < ${end})`
}

function endsWith(text: Fragment, end: string): Fragment {
  return sql`substr(${text}, ${-Array.from(end).length}) = ${end}`
}

function runsOf(parts: readonly TextPart[]): readonly string[] {
  return parts.filter((part) => part !== ANY)
}
