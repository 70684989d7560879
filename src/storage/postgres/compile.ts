import { splitField, type Field } from '../../core/field.ts'
import { ANY, type Comparison, type TextPart, type Value } from '../../core/filter.ts'
import { comparable, foldParts } from '../../core/matches.ts'
import { fold, isStorable } from '../../core/text.ts'
import { COLUMNS, VALUE_FIELDS, type Column, type ColumnField, type ValueField } from '../sql/columns.ts'
import { isDeletedQuestion, type Atom, type Condition } from '../sql/condition.ts'
import { ALWAYS, and, NEVER, or, raw, sql, type Fragment } from '../sql/fragment.ts'
import { instantFrom, isInstant } from '../sql/instant.ts'
import { textEnd } from '../sql/text-end.ts'
import { isUuid, uuidFrom, uuidText } from '../sql/uuid.ts'
import { arrayText } from './array-text.ts'
import { compareInteger, integersAmong } from './integers.ts'
import { longColumnQuestion } from './long-question.ts'
import { instantTextOf, numberText, patternCondition } from './pattern.ts'

/** What a condition needs to know of the directory. */
export interface CompileContext {
  /** The customers a subtree has; undefined where there is no such customer. */
  readonly subtree: (customerId: number) => readonly number[] | undefined
  /** The counter of columns with long texts. */
  readonly long: number
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

const DELETED_ROW = raw('NOT u.live')
/** The condition that a user is not deleted. */
export const LIVE_ROW = raw('u.live')

function question(atom: Atom, context: CompileContext): Fragment {
  if (atom.kind === 'subtree') {
    const customers = context.subtree(atom.customerId)
    return customers ? sql`u.customer_id = ANY (${arrayText(customers)}::bigint[])` : NEVER
  }
  const { name, entry } = splitField(atom.field)
  if (Object.hasOwn(VALUE_FIELDS, name)) return valuesQuestion(atom, name as ValueField, entry)
  const column = COLUMNS[name as ColumnField]
  return longColumnQuestion(atom, column, columnQuestion(atom, column), context)
}

function columnQuestion(atom: Exclude<Atom, { kind: 'subtree' }>, column: Column): Fragment {
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

function patternQuestion(expression: Fragment, column: Column, parts: readonly TextPart[]): Fragment {
  switch (column.kind) {
    case 'integer':
      return patternCondition(numberText(expression), parts)
    case 'instant':
      return patternCondition(instantTextOf(expression), parts)
    case 'id':
      return and([...idRange(expression, parts[0]), patternCondition(numberText(expression), parts)])
    default:
      return patternCondition(expression, parts)
  }
}

// The range in which ids begin like this; the pattern is looked at only there.
function idRange(expression: Fragment, start: TextPart | undefined): readonly Fragment[] {
  if (start === undefined || start === ANY) return []
  const end = textEnd(start)
  const from = uuidFrom(start)
  const to = end === null ? null : uuidFrom(end)
  if (from === null) return [NEVER]
  return [sql`${expression} >= ${uuidText(from)}`, ...(to === null ? [] : [sql`${expression} < ${uuidText(to)}`])]
}

// Any of a user's values may hold.
function valuesQuestion(atom: Exclude<Atom, { kind: 'subtree' }>, name: ValueField, entry: string | null): Fragment {
  if (entry !== null && !isStorable(entry)) return NEVER
  const conditions = [raw(`k ->> 0 = '${VALUE_FIELDS[name]}'`), valueHolds(atom)]
  if (entry !== null) conditions.push(sql`k ->> 1 = ${entry}`)
  const holds = sql`EXISTS (SELECT 1 FROM json_array_elements(u.value_keys::json) AS j (k) WHERE ${and(conditions)})`
  return and([...textWithin(atom), holds])
}

// To look for a text in all of the keys as they stand takes far less time than to take them apart.
function textWithin(atom: Exclude<Atom, { kind: 'subtree' }>): readonly Fragment[] {
  const text = longestText(atom)
  if (text.length < 2 || !isStorable(text)) return []
  return [patternCondition(raw('u.value_keys'), [ANY, JSON.stringify(text).slice(1, -1), ANY])]
}

function longestText(atom: Exclude<Atom, { kind: 'subtree' }>): string {
  if (atom.kind === 'compare') return atom.op === 'eq' ? fold(String(atom.value)) : ''
  if (atom.kind !== 'text') return ''
  const runs = foldParts(atom.parts).filter((part) => part !== ANY)
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '')
}

const FOLDED = raw('((k ->> 2) COLLATE "C")')

function valueHolds(atom: Exclude<Atom, { kind: 'subtree' }>): Fragment {
  switch (atom.kind) {
    case 'present':
      return ALWAYS
    case 'compare':
      return compareText(FOLDED, atom.op, fold(String(atom.value)))
    case 'in':
      return inTexts(FOLDED, atom.values.filter((value) => typeof value === 'string').map(fold))
    case 'text':
      return patternCondition(FOLDED, foldParts(atom.parts))
  }
}

function compareColumn(expression: Fragment, column: Column, op: Comparison, value: Value): Fragment {
  switch (column.kind) {
    case 'integer':
      // A text is compared with the number's own text, as `compareKeys` does.
      return typeof value === 'string'
        ? compareText(numberText(expression), op, value)
        : compareInteger(expression, op, value)
    case 'id': {
      const bound = uuidFrom(String(value))
      return compareBound(expression, op, bound && uuidText(bound), isUuid(String(value)))
    }
    case 'instant':
      return compareBound(expression, op, instantFrom(String(value)), isInstant(String(value)))
    default:
      return compareText(expression, op, String(value))
  }
}

// No text has NUL in it, which is below all that it may have.
function compareText(expression: Fragment, op: Comparison, value: string): Fragment {
  if (isStorable(value)) return sql`${expression} ${OPERATORS[op]} ${value}`
  if (op === 'eq') return NEVER
  const start = value.slice(0, value.indexOf('\0') < 0 ? undefined : value.indexOf('\0')).toWellFormed()
  return sql`${expression} ${raw(op === 'gt' || op === 'ge' ? '>' : '<=')} ${start}`
}

// Any text may be compared with ids and instants: `bound` is the first one at or after it.
function compareBound(expression: Fragment, op: Comparison, bound: number | string | null, exact: boolean) {
  if (exact) return sql`${expression} ${OPERATORS[op]} ${bound}`
  if (op === 'eq') return NEVER
  const isAfter = op === 'gt' || op === 'ge'
  if (bound === null) return isAfter ? NEVER : sql`${expression} IS NOT NULL`
  return isAfter ? sql`${expression} >= ${bound}` : sql`${expression} < ${bound}`
}

function inColumn(expression: Fragment, column: Column, field: Field, values: readonly Value[]): Fragment {
  const keys = values.map((value) => comparable(field, value))
  const texts = keys.filter((key) => typeof key === 'string')
  switch (column.kind) {
    case 'integer':
      return inList(expression, integersAmong(keys), 'bigint')
    case 'id':
      return inList(expression, texts.filter(isUuid), 'uuid')
    case 'instant':
      return inList(expression, texts.filter(isInstant).map(instantFrom), 'bigint')
    default:
      return inTexts(expression, texts)
  }
}

function inTexts(expression: Fragment, texts: readonly string[]): Fragment {
  return inList(expression, texts.filter(isStorable), 'text')
}

// One parameter for the whole list: the statement is the same for every length, and no limit is met.
function inList(expression: Fragment, keys: readonly (Value | null)[], type: string): Fragment {
  if (keys.length === 0) return NEVER
  return sql`${expression} = ANY (${arrayText(keys)}::${raw(type)}[])`
}

const OPERATORS = { eq: raw('='), gt: raw('>'), ge: raw('>='), lt: raw('<'), le: raw('<=') } satisfies Record<
  Comparison,
  Fragment
>
