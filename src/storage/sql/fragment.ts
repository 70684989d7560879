/** What can be bound to a statement. */
export type SqlValue = string | number | Uint8Array | null

/**
 * A piece of SQL text with a `?` for each of its values, in order; `?` stands for nothing else. Values never stand in the
 * text.
 */
export interface Fragment {
  readonly text: string
  readonly values: readonly SqlValue[]
}

/** A fragment of literal SQL and bound values: sql`u.number > ${7}`; fragments among the values are spliced in. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (SqlValue | Fragment)[]): Fragment {
  let text = texts[0] ?? ''
  const values: SqlValue[] = []
  for (const [index, part] of parts.entries()) {
    if (isFragment(part)) {
      text += part.text
      values.push(...part.values)
    } else {
      text += '?'
      values.push(part)
    }
    text += texts[index + 1] ?? ''
  }
  return { text, values }
}

/** SQL text known to the code: a column, a table. Never anything that came from outside. */
export function raw(text: string): Fragment {
  return { text, values: [] }
}

/** The text with its parameters numbered, `$1` and so on, for engines that count them. */
export function numbered({ text }: Fragment): string {
  let count = 0
  return text.replace(/\?/g, () => `$${++count}`)
}

/** Fragments one after another, with a text between them. */
export function join(fragments: readonly Fragment[], between: string): Fragment {
  return {
    text: fragments.map(({ text }) => text).join(between),
    values: fragments.flatMap(({ values }) => values),
  }
}

/** All of the conditions; `TRUE` of none. Nested in halves: engines limit how deep an expression may be. */
export function and(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0 ? raw('TRUE') : halved(conditions, ' AND ')
}

/** Any of the conditions; `FALSE` of none. */
export function or(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0 ? raw('FALSE') : halved(conditions, ' OR ')
}

// Up to this many stand side by side, which planners read more easily than brackets.
const FLAT_MAX = 16

function halved(conditions: readonly Fragment[], operator: string): Fragment {
  const [only] = conditions
  if (only && conditions.length === 1) return only
  if (conditions.length <= FLAT_MAX) return sql`(${join(conditions, operator)})`
  const half = conditions.length >> 1
  return sql`(${halved(conditions.slice(0, half), operator)}${raw(operator)}${halved(conditions.slice(half), operator)})`
}

function isFragment(part: SqlValue | Fragment): part is Fragment {
  return typeof part === 'object' && part !== null && 'text' in part
}

/** A condition that holds for no row. */
export const NEVER: Fragment = raw('FALSE')
/** A condition that holds for every row. */
export const ALWAYS: Fragment = raw('TRUE')
