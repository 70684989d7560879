import { FIELDS, kindOf } from '../../../directory/user-fields.ts'
import type { Comparison, Filter } from '../filter/filter.ts'
import { momentTyped } from './typed-moment.ts'
import { COMPARED, valuesOf, type TypedValue } from './typed-values.ts'

type Pattern = { readonly kind: 'pattern'; readonly field: string; readonly pattern: string }

/** What `field:value` asks; a sentence where the value is none of this field's. */
export function conditionTyped(field: string, written: string): Filter | Pattern | string {
  switch (kindOf(field)) {
    case 'integer':
      return ranged(field, written, integerFrom, 'a whole number such as 1234, >100 or 1..9')
    case 'instant':
      return momentTyped(field, written)
    case 'word':
      return wordTyped(field, written)
    default:
      return textTyped(field, written)
  }
}

function wordTyped(field: string, written: string): Filter | string {
  const allowed = FIELDS.get(field)?.values ?? []
  const values = valuesOf(written).map(({ text }) => text.toLowerCase())
  const stray = values.find((value) => !allowed.includes(value))
  if (stray !== undefined || values.length === 0) return `${field} is one of ${allowed.join(', ')}.`
  return { kind: 'in', field, values }
}

function textTyped(field: string, written: string): Filter | Pattern | string {
  const values = valuesOf(written)
  const [only] = values
  if (only === undefined) return `${field}: needs a value.`
  const isPlain = (value: TypedValue) => value.isQuoted || !value.text.includes('*')
  if (values.every(isPlain)) {
    return values.length === 1
      ? { kind: 'compare', field, op: 'eq', value: only.text }
      : { kind: 'in', field, values: values.map(({ text }) => text) }
  }
  const of = values.map((value) => (isPlain(value) ? equal(field, value.text) : starred(field, value.text)))
  const [first] = of
  if (of.length === 1 && first !== undefined) return first
  const filters = of.filter((one): one is Filter => one.kind !== 'pattern')
  if (filters.length < of.length) return `Of several values for ${field}, none can have a * inside.`
  return { kind: 'or', of: filters }
}

function equal(field: string, value: string): Filter {
  return { kind: 'compare', field, op: 'eq', value }
}

function starred(field: string, text: string): Filter | Pattern {
  const parts = text.split(/\*+/u)
  const [head = '', middle = '', tail = ''] = parts
  const compare = (op: Comparison, value: string): Filter => ({ kind: 'compare', field, op, value })
  if (parts.every((part) => part === '')) return { kind: 'present', field }
  if (parts.length === 2 && middle === '') return compare('sw', head)
  if (parts.length === 2 && head === '') return compare('ew', middle)
  if (parts.length === 3 && head === '' && tail === '') return compare('co', middle)
  // An entry of a map has no parameter of its own, in which a star could stand.
  return field.includes('.') ? { kind: 'and', of: edges(field, parts) } : { kind: 'pattern', field, pattern: text }
}

function edges(field: string, parts: readonly string[]): readonly Filter[] {
  return parts.flatMap((value, at): readonly Filter[] => {
    if (value === '') return []
    return [{ kind: 'compare', field, op: at === 0 ? 'sw' : at === parts.length - 1 ? 'ew' : 'co', value }]
  })
}

function integerFrom(text: string): number | undefined {
  return /^-?\d{1,15}$/u.test(text) ? Number(text) : undefined
}

const OPERATORS: Readonly<Record<string, Comparison>> = { '>': 'gt', '>=': 'ge', '<': 'lt', '<=': 'le' }

function ranged(
  field: string,
  written: string,
  read: (text: string) => number | undefined,
  allowed: string,
): Filter | string {
  const wrong = `${field} is ${allowed}.`
  const [from, to, more] = written.split('..')
  if (from !== undefined && to !== undefined) {
    const [low, high] = [read(from), read(to)]
    if (low === undefined || high === undefined || more !== undefined) return wrong
    return {
      kind: 'and',
      of: [
        { kind: 'compare', field, op: 'ge', value: low },
        { kind: 'compare', field, op: 'le', value: high },
      ],
    }
  }
  const [, sign = '', rest = ''] = COMPARED.exec(written) ?? []
  const op = OPERATORS[sign]
  if (op !== undefined) {
    const value = read(rest)
    return value === undefined ? wrong : { kind: 'compare', field, op, value }
  }
  const values = valuesOf(written).map(({ text }) => read(text))
  if (values.length === 0 || values.includes(undefined)) return wrong
  return { kind: 'in', field, values: values as number[] }
}
