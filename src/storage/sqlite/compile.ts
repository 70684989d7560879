import { splitField, type Field } from '../../core/field.ts'
import { ANY, type Comparison, type TextPart, type Value } from '../../core/filter.ts'
import { comparable, foldParts } from '../../core/matches.ts'
import { fold } from '../../core/text.ts'
import { isDeletedQuestion, type Atom, type Condition } from '../sql/condition.ts'
import { ALWAYS, and, NEVER, or, raw, sql, type Fragment } from '../sql/fragment.ts'
import { instantFrom, isInstant } from '../sql/instant.ts'
import { textEnd } from '../sql/text-end.ts'
import { isUuid, uuidBytes, uuidFrom } from '../sql/uuid.ts'
import { COLUMNS, VALUE_FIELDS, type Column, type ColumnField, type ValueField } from '../sql/columns.ts'
import { patternCondition } from './pattern.ts'

/** What a condition needs to know of the directory. */
export interface CompileContext {
  /** The range of paths of a customer and all below it; undefined where there is no such customer. */
  readonly subtree: (customerId: number) => { readonly from: string; readonly to: string } | undefined
  /** What to ask of rows before anything else, by SQL for their number: none where no time is set. */
  readonly inTime: (number: string) => readonly Fragment[]
}

/** The condition on a row `u` of `users` that is true exactly for the users it means, and never SQL's null. */
export function compile(condition: Condition, context: CompileContext): Fragment {
  if (condition.kind === 'atom') return compileAtom(condition.atom, condition.negated, context)
  const of = condition.of.map((one) => compile(one, context))
  return condition.kind === 'and' ? and(of) : or(of)
}

function compileAtom(atom: Atom, negated: boolean, context: CompileContext): Fragment {
  // The one question every list has, in the form the partial indexes are declared with.
  if (isDeletedQuestion(atom)) return negated ? LIVE_ROW : DELETED_ROW
  const positive = question(atom, context)
  return negated ? sql`(${positive}) IS NOT TRUE` : positive
}

const DELETED_ROW = raw('u.live = 0')
/** The condition that a user is not deleted. */
export const LIVE_ROW = raw('u.live = 1')

function question(atom: Atom, context: CompileContext): Fragment {
  if (atom.kind === 'subtree') {
    const range = context.subtree(atom.customerId)
    if (!range) return NEVER
    return sql`u.customer_id IN (SELECT id FROM customers WHERE path >= ${range.from} AND path < ${range.to})`
  }
  const { name, entry } = splitField(atom.field)
  if (Object.hasOwn(VALUE_FIELDS, name)) return valuesQuestion(atom, name as ValueField, entry)
  const column = COLUMNS[name as ColumnField]
  const expression = raw(`u.${column.name}`)
  switch (atom.kind) {
    case 'present':
      return column.nullable ? sql`${expression} IS NOT NULL` : ALWAYS
    case 'compare':
      return compareColumn(expression, column, atom.op, comparable(atom.field, atom.value))
    case 'in':
      return inColumn(expression, column, atom.field, atom.values)
    case 'text':
      return patternQuestion(expression, column, foldParts(atom.parts))
  }
}

/** Whether the condition of an atom on a column is a range of the column's index, or a few of them. */
export function isSeekable(atom: Exclude<Atom, { kind: 'subtree' }>, { kind }: Column): boolean {
  switch (atom.kind) {
    case 'present':
      return false
    case 'compare':
      return kind !== 'integer' || (typeof atom.value === 'number' && !Number.isNaN(atom.value))
    case 'in':
      return true
    case 'text':
      return kind !== 'integer' && kind !== 'instant' && atom.parts.length > 0 && foldParts(atom.parts)[0] !== ANY
  }
}

function patternQuestion(expression: Fragment, column: Column, parts: readonly TextPart[]): Fragment {
  const holds = patternCondition(textOf(expression, column), parts)
  const [start] = parts
  if (column.kind !== 'id' || start === undefined || start === ANY) return holds
  // The range in which ids begin like this; the pattern is looked at only there.
  const end = textEnd(start)
  const from = uuidFrom(start)
  const to = end === null ? null : uuidFrom(end)
  if (from === null) return NEVER
  return and([sql`${expression} >= ${from}`, to === null ? ALWAYS : sql`${expression} < ${to}`, holds])
}

// Any of a user's values may hold.
function valuesQuestion(atom: Exclude<Atom, { kind: 'subtree' }>, name: ValueField, entry: string | null): Fragment {
  const ofEntry = entry === null ? ALWAYS : sql`value ->> 1 = ${entry}`
  const holds = and([raw(`value ->> 0 = ${VALUE_FIELDS[name]}`), ofEntry, valueHolds(atom, raw('value ->> 2'))])
  return sql`EXISTS (SELECT 1 FROM json_each(u.value_keys) WHERE ${holds})`
}

/** The condition that one of several values is what is asked for. */
export function valueHolds(atom: Exclude<Atom, { kind: 'subtree' }>, folded: Fragment): Fragment {
  switch (atom.kind) {
    case 'present':
      return ALWAYS
    case 'compare':
      return sql`${folded} ${OPERATORS[atom.op]} ${fold(String(atom.value))}`
    case 'in':
      return sql`${folded} IN (SELECT value FROM json_each(${texts(atom.values)}))`
    case 'text':
      return patternCondition(folded, foldParts(atom.parts))
  }
}

function compareColumn(expression: Fragment, column: Column, op: Comparison, value: Value): Fragment {
  const operator = OPERATORS[op]
  switch (column.kind) {
    case 'integer':
      // A text is compared with the number's own text, as `compareKeys` does.
      if (typeof value === 'string') return sql`CAST(${expression} AS TEXT) ${operator} ${value}`
      return Number.isNaN(value) ? NEVER : sql`${expression} ${operator} ${value}`
    case 'id':
      return compareBound(expression, op, uuidFrom(String(value)), isUuid(String(value)))
    case 'instant':
      return compareBound(expression, op, instantFrom(String(value)), isInstant(String(value)))
    case 'word':
      return sql`${expression} ${operator} ${String(value)}`
    case 'text':
      return sql`${expression} ${operator} ${String(value)}`
  }
}

// Any text may be compared with ids and instants: `bound` is the first one at or after it.
function compareBound(expression: Fragment, op: Comparison, bound: number | Uint8Array | null, exact: boolean) {
  if (exact) return sql`${expression} ${OPERATORS[op]} ${bound}`
  if (op === 'eq') return NEVER
  const isAfter = op === 'gt' || op === 'ge'
  if (bound === null) return isAfter ? NEVER : sql`${expression} IS NOT NULL`
  return isAfter ? sql`${expression} >= ${bound}` : sql`${expression} < ${bound}`
}

function inColumn(expression: Fragment, column: Column, field: Field, values: readonly Value[]): Fragment {
  const keys = values.map((value) => comparable(field, value))
  switch (column.kind) {
    case 'integer':
      return inList(
        expression,
        keys.filter((key) => typeof key === 'number'),
      )
    case 'id': {
      const ids = keys.filter((key) => typeof key === 'string').filter(isUuid)
      const hex = ids.map((id) => Buffer.from(uuidBytes(id)).toString('hex'))
      return hex.length === 0
        ? NEVER
        : sql`${expression} IN (SELECT unhex(value) FROM json_each(${JSON.stringify(hex)}))`
    }
    case 'instant':
      return inList(
        expression,
        keys.filter((key) => typeof key === 'string' && isInstant(key)).map((key) => instantFrom(String(key))),
      )
    default:
      return inList(
        expression,
        keys.filter((key) => typeof key === 'string'),
      )
  }
}

// One parameter for the whole list: the statement is the same for every length, and no limit is met.
function inList(expression: Fragment, keys: readonly (Value | null)[]): Fragment {
  if (keys.length === 0) return NEVER
  return sql`${expression} IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`
}

function texts(values: readonly Value[]): string {
  return JSON.stringify(values.filter((value) => typeof value === 'string').map(fold))
}

// What a pattern is compared with, as `keysOf` gives it.
function textOf(expression: Fragment, { kind }: Column): Fragment {
  switch (kind) {
    case 'integer':
      return sql`CAST(${expression} AS TEXT)`
    case 'instant':
      return sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${expression} / 1000.0, 'unixepoch')`
    case 'id':
      return idText(expression)
    default:
      return expression
  }
}

/** The text of an id that stands as bytes; null for null. */
export function idText({ text }: Fragment): Fragment {
  const piece = (from: number, length: number) => `substr(hex(${text}), ${from}, ${length})`
  const pieces = [piece(1, 8), piece(9, 4), piece(13, 4), piece(17, 4), piece(21, 12)]
  // hex() of null is the empty text.
  return raw(`iif(${text} IS NULL, NULL, lower(${pieces.join(" || '-' || ")}))`)
}

const OPERATORS = { eq: raw('='), gt: raw('>'), ge: raw('>='), lt: raw('<'), le: raw('<=') } satisfies Record<
  Comparison,
  Fragment
>
