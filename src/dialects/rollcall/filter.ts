import { fieldRule, splitField, type Field, type FieldKind } from '../../core/field.ts'
import { all, ANY, any, equal, not, type Filter, type TextPart, type Value } from '../../core/filter.ts'
import { VALUE_LENGTH_MAX } from '../../core/limits.ts'
import type { Principal } from '../../core/principal.ts'
import { excerpt } from '../parameter.ts'
import {
  parseScimFilter,
  SCIM_OPERATORS,
  type ScimFilter,
  type ScimOperator,
  type ScimPath,
  type ScimValue,
} from '../scim-filter.ts'
import { filterFault, type FilterSource } from '../scim-token.ts'
import { filterField } from './fields.ts'
import { parseMoment, type Moment } from './moment.ts'

/**
 * The filter a text asks for, its fields and values checked. Throws `invalid` with the position of the fault, and
 * `forbidden` for a field the caller may not read.
 */
export function parseFilter(text: string, principal: Principal, source: FilterSource): Filter {
  return built(parseScimFilter(text, source), { principal, source })
}

interface Context {
  readonly principal: Principal
  readonly source: FilterSource
}

function built(filter: ScimFilter, context: Context): Filter {
  switch (filter.kind) {
    case 'and':
      return all(...filter.of.map((one) => built(one, context)))
    case 'or':
      return any(...filter.of.map((one) => built(one, context)))
    case 'not':
      return not(built(filter.of, context))
    case 'present':
      return { kind: 'present', field: fieldAt(filter.path, context) }
    case 'in': {
      const field = fieldAt(filter.path, context)
      return { kind: 'in', field, values: valuesOf(field, filter.values, context) }
    }
    case 'compare':
      return comparison(filter, context)
  }
}

function fieldAt(path: ScimPath, { principal, source }: Context): Field {
  return filterField(path.text, principal, { ...source, position: path.at })
}

const ORDERED: readonly ScimOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']

const OPERATORS = {
  id: SCIM_OPERATORS,
  text: SCIM_OPERATORS,
  texts: SCIM_OPERATORS,
  map: SCIM_OPERATORS,
  word: ['eq', 'ne'],
  integer: ORDERED,
  instant: ORDERED,
} satisfies Record<FieldKind, readonly ScimOperator[]>

function comparison(filter: ScimFilter & { readonly kind: 'compare' }, context: Context): Filter {
  const { path, op, opAt, value } = filter
  const field = fieldAt(path, context)
  const allowed: readonly ScimOperator[] = OPERATORS[fieldRule(field).kind]
  if (!allowed.includes(op)) {
    const message = `${field} cannot be compared with ${op}; it takes ${[...allowed, 'in', 'pr'].join(', ')}.`
    throw filterFault('value', message, context.source, opAt, { allowed: [...allowed, 'in', 'pr'] })
  }
  // Absent is what null means; a comparison with it asks for presence.
  if (value.value === null && (op === 'eq' || op === 'ne')) {
    const present: Filter = { kind: 'present', field }
    return op === 'ne' ? present : not(present)
  }
  switch (op) {
    case 'co':
    case 'sw':
    case 'ew':
      return part(field, op, textOf(field, value, context))
    case 'eq':
    case 'ne': {
      const same: Filter = { kind: 'in', field, values: valuesOf(field, [value], context) }
      return op === 'ne' ? not(simplest(same)) : simplest(same)
    }
    default:
      if (typeof value.value !== 'string') assertOrdered(field, value, context)
      return { kind: 'compare', field, op, value: boundOf(field, op, value, context) }
  }
}

function part(field: Field, op: 'co' | 'sw' | 'ew', text: string): Filter {
  if (text === '') return { kind: 'present', field }
  const parts: readonly TextPart[] = op === 'co' ? [ANY, text, ANY] : op === 'sw' ? [text, ANY] : [ANY, text]
  return { kind: 'text', field, parts }
}

// An entry of a map is kept as text, in whose order 10 comes before 9.
function assertOrdered(field: Field, { at }: ScimValue, { source }: Context): void {
  const { kind } = fieldRule(field)
  if (kind === 'integer' || kind === 'instant') return
  throw filterFault('type', `${field} is ordered as text: compare it with a text in double quotes.`, source, at, {
    allowed: 'a text in double quotes',
  })
}

// Nobody is at a moment between two milliseconds.
function valuesOf(field: Field, given: readonly ScimValue[], context: Context): readonly Value[] {
  if (fieldRule(field).kind !== 'instant') return given.map((value) => valueOf(field, value, context))
  const moments = given.map((value) => momentOf(field, value, context))
  return moments.flatMap(({ floor, ceiling }) => (floor === ceiling ? [floor] : []))
}

function simplest(filter: Filter & { readonly kind: 'in' }): Filter {
  const [value, ...rest] = filter.values
  return value === undefined || rest.length > 0 ? filter : equal(filter.field, value)
}

function boundOf(field: Field, op: 'gt' | 'ge' | 'lt' | 'le', given: ScimValue, context: Context): Value {
  if (fieldRule(field).kind !== 'instant') return valueOf(field, given, context)
  const { floor, ceiling } = momentOf(field, given, context)
  return op === 'ge' || op === 'lt' ? ceiling : floor
}

function momentOf(field: Field, { value, at }: ScimValue, context: Context): Moment {
  const moment = typeof value === 'string' ? parseMoment(value) : undefined
  if (moment !== undefined) return moment
  throw refused('format', field, 'an RFC 3339 date-time in double quotes', at, context)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function valueOf(field: Field, given: ScimValue, context: Context): Value {
  const { kind, values } = fieldRule(field)
  switch (kind) {
    case 'integer': {
      const { value, at } = given
      if (typeof value === 'number' && Number.isSafeInteger(value)) return value
      throw refused('type', field, 'a whole number', at, context)
    }
    case 'instant':
      return momentOf(field, given, context).floor
    case 'id': {
      const text = textOf(field, given, context)
      if (UUID.test(text)) return text.toLowerCase()
      throw refused('format', field, 'a UUID in double quotes', given.at, context)
    }
    case 'word': {
      const text = textOf(field, given, context)
      if (values?.includes(text)) return text
      const message = `${field} is one of ${values?.join(', ') ?? ''}.`
      throw filterFault('value', message, context.source, given.at, { value: excerpt(text), allowed: values ?? [] })
    }
    default:
      return isEntry(field) && given.value !== null ? entryText(field, given, context) : textOf(field, given, context)
  }
}

function isEntry(field: Field): boolean {
  const { name, entry } = splitField(field)
  return entry !== null || name === 'tags' || name === 'attributes'
}

// Numbers and booleans among the attributes are found by their JSON text.
function entryText(field: Field, given: ScimValue, context: Context): string {
  const { value, at } = given
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw refused('range', field, `a number of at most ${Number.MAX_SAFE_INTEGER}, or a text`, at, context)
  }
  return textOf(field, { value: String(value), at }, context)
}

function textOf(field: Field, { value, at }: ScimValue, context: Context): string {
  if (typeof value !== 'string') throw refused('type', field, 'a text in double quotes', at, context)
  if (value.length <= VALUE_LENGTH_MAX) return value
  throw refused('range', field, `a text of at most ${VALUE_LENGTH_MAX} characters`, at, context)
}

function refused(
  reason: 'type' | 'format' | 'range',
  field: Field,
  allowed: string,
  position: number,
  { source }: Context,
) {
  return filterFault(reason, `${field} is compared with ${allowed}.`, source, position, { allowed })
}
