import { FIELDS, kindOf } from '../../../directory/user-fields.ts'
import { isGroup, type Condition, type Filter, type FilterValue } from './filter.ts'
import type { Operator } from './operators.ts'

/** A question as a form holds it: values are texts until they are saved. */
export interface FilterDraft {
  readonly field: string
  /** The name of the tag or attribute. */
  readonly entry: string
  readonly operator: Operator['id']
  readonly values: readonly string[]
  readonly isNegated: boolean
}

/** What a new filter begins with: one of the statuses. */
export const EMPTY_DRAFT: FilterDraft = {
  field: 'status',
  entry: '',
  operator: 'in',
  values: [],
  isNegated: false,
}

/** The field as a filter names it, with the entry of a map. */
export function fieldOf({ field, entry }: FilterDraft): { readonly name: string; readonly isMap: boolean } {
  const isMap = FIELDS.get(field)?.kind === 'map'
  return { name: isMap ? `${field}.${entry}` : field, isMap }
}

/** The form of a condition that stands already. */
export function draftOf(filter: Filter): FilterDraft {
  if (filter.kind === 'not') return { ...draftOf(filter.of), isNegated: true }
  if (isGroup(filter)) return EMPTY_DRAFT
  const dot = filter.field.indexOf('.')
  const place =
    dot < 0
      ? { field: filter.field, entry: '' }
      : { field: filter.field.slice(0, dot), entry: filter.field.slice(dot + 1) }
  return { ...place, isNegated: false, ...questionOf(filter) }
}

function questionOf(condition: Condition): Pick<FilterDraft, 'operator' | 'values'> {
  if (condition.kind === 'present') return { operator: 'present', values: [] }
  if (condition.kind === 'in') return { operator: 'in', values: condition.values.map(String) }
  const { op, value } = condition
  if (value === null) return { operator: op === 'ne' ? 'present' : 'absent', values: [] }
  const hasNoEqual = kindOf(condition.field) === 'instant'
  return { operator: op === 'eq' && !hasNoEqual ? 'in' : op, values: [String(value)] }
}

/** What is missing or wrong in a form, and where. */
export interface DraftFault {
  readonly member: 'entry' | 'values'
  readonly fault: string
}

/** The condition a form stands for, or why it stands for none. */
export function conditionOf(draft: FilterDraft): Filter | DraftFault {
  const { name, isMap } = fieldOf(draft)
  if (isMap && !/^[^\s(),"[\]]+$/u.test(draft.entry))
    return { member: 'entry', fault: 'A name without spaces, brackets, commas and quotes is needed.' }
  const condition = asked(name, draft)
  if (typeof condition === 'string') return { member: 'values', fault: condition }
  return draft.isNegated ? { kind: 'not', of: condition } : condition
}

function asked(field: string, { operator, values }: FilterDraft): Condition | string {
  if (operator === 'present') return { kind: 'present', field }
  if (operator === 'absent') return { kind: 'compare', field, op: 'eq', value: null }
  const read = values.filter((value) => value !== '').map((value) => valueFrom(field, value))
  const [first] = read
  if (first === undefined) return 'A value is needed.'
  if (read.some((value) => value === null)) {
    return kindOf(field) === 'instant' ? 'A day and time is needed.' : 'A whole number is needed.'
  }
  if (operator === 'in' && read.length > 1) return { kind: 'in', field, values: read }
  return { kind: 'compare', field, op: operator === 'in' ? 'eq' : operator, value: first }
}

function valueFrom(field: string, text: string): FilterValue {
  const kind = kindOf(field)
  if (kind === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : null
  if (kind !== 'instant') return text
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
