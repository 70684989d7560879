import { kindOf, labelOf } from '../../../directory/user-fields.ts'
import { isGroup, type Comparison, type Condition, type Filter, type FilterValue } from './filter.ts'

const WORDS: Readonly<Record<Comparison, string>> = {
  eq: 'is',
  ne: 'is not',
  co: 'contains',
  sw: 'starts with',
  ew: 'ends with',
  gt: 'is more than',
  ge: 'is at least',
  lt: 'is less than',
  le: 'is at most',
}
const MOMENT_WORDS: Readonly<Partial<Record<Comparison, string>>> = {
  gt: 'is after',
  ge: 'is at or after',
  lt: 'is before',
  le: 'is at or before',
}

/** Says what a value stands for, such as a customer's number; undefined where it says enough. */
type NameOf = (field: string, value: FilterValue) => string | undefined

/** A filter in words, for chips and for what is read out. */
export function filterWords(filter: Filter, name: NameOf = () => undefined): string {
  if (isGroup(filter)) {
    return filter.of
      .map((one) => (isGroup(one) ? `(${filterWords(one, name)})` : filterWords(one, name)))
      .join(` ${filter.kind} `)
  }
  if (filter.kind === 'not') return `not (${filterWords(filter.of, name)})`
  const { field, question, values } = partsOf(filter)
  const said = values.map((value) => name(filter.field, value) ?? plain(filter.field, value)).join(' or ')
  return said === '' ? `${field} ${question}` : `${field} ${question} ${said}`
}

/** A condition in pieces: the field, what is asked, and what is compared with. */
function partsOf(condition: Condition): {
  readonly field: string
  readonly question: string
  readonly values: readonly FilterValue[]
} {
  const field = labelOf(condition.field)
  if (condition.kind === 'present') return { field, question: 'has a value', values: [] }
  if (condition.kind === 'in') return { field, question: 'is', values: condition.values }
  const { op, value } = condition
  if (value === null) return { field, question: op === 'ne' ? 'has a value' : 'has no value', values: [] }
  const moment = kindOf(condition.field) === 'instant' ? MOMENT_WORDS[op] : undefined
  return { field, question: moment ?? WORDS[op], values: [value] }
}

const MIDNIGHT = /T00:00:00(?:\.000)?Z$/

function plain(field: string, value: FilterValue): string {
  const text = String(value)
  return kindOf(field) === 'instant' ? text.replace(MIDNIGHT, '') : text
}
