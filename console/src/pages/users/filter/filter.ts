import { kindOf } from '../../../directory/user-fields.ts'

export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'
export type FilterValue = string | number | boolean | null

/** One question about a field. */
export type Condition =
  | { readonly kind: 'compare'; readonly field: string; readonly op: Comparison; readonly value: FilterValue }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly FilterValue[] }
  | { readonly kind: 'present'; readonly field: string }

export interface Group {
  readonly kind: 'and' | 'or'
  readonly of: readonly Filter[]
}

/** A filter as chips show it and /v1 takes it. */
export type Filter = Condition | Group | { readonly kind: 'not'; readonly of: Filter }

export const NO_FILTER: Group = { kind: 'and', of: [] }

/** The text /v1 takes as `filter`; empty for a group of nothing. `filterFrom` reads it back. */
export function filterText(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.of
        .map((one) => (isGroup(one) ? `(${filterText(one)})` : filterText(one)))
        .filter((text) => text !== '' && text !== '()')
        .join(` ${filter.kind} `)
    case 'not':
      return `not (${filterText(filter.of)})`
    case 'present':
      return `${filter.field} pr`
    case 'in':
      return `${filter.field} in (${filter.values.map((value) => JSON.stringify(value)).join(', ')})`
    case 'compare':
      return `${filter.field} ${filter.op} ${JSON.stringify(filter.value)}`
  }
}

export function isGroup(filter: Filter): filter is Group {
  return filter.kind === 'and' || filter.kind === 'or'
}

/** All of these hold. Groups of one and of none are left out. */
export function allOf(filters: readonly Filter[]): Group {
  const some = filters.filter((filter) => !isGroup(filter) || filter.of.length > 0)
  const [only] = some
  if (some.length === 1 && only !== undefined && isGroup(only)) return only
  return { kind: 'and', of: some }
}

/** The group a filter is shown as: itself, or a group of just it. */
export function groupOf(filter: Filter | undefined): Group {
  if (filter === undefined) return NO_FILTER
  return isGroup(filter) ? filter : { kind: 'and', of: [filter] }
}

/** The place of a filter in a group: the index in it, then the index in that group, and so on. */
export type Path = readonly number[]

/** The group with what stands at a path put anew; undefined takes it out, and a group that is left with one gives way to it. */
export function withAt(group: Group, path: Path, next: Filter | undefined): Group {
  const [index, ...rest] = path
  if (index === undefined) return groupOf(next)
  const of = group.of.flatMap((one, at) => {
    if (at !== index) return [one]
    if (rest.length === 0) return next === undefined ? [] : [next]
    const inner = withAt(innerGroup(one), rest, next)
    const [only] = inner.of
    const kept = inner.of.length > 1 || only === undefined ? inner : only
    if (inner.of.length === 0) return []
    return [one.kind === 'not' ? ({ kind: 'not', of: kept } as const) : kept]
  })
  return { kind: group.kind, of }
}

function innerGroup(filter: Filter): Group {
  return filter.kind === 'not' ? groupOf(filter.of) : groupOf(filter)
}

/** What may be asked of a field, in the words of a menu. */
export interface Operator {
  readonly id: Comparison | 'in' | 'present' | 'absent'
  readonly label: string
}

const IS = { id: 'in', label: 'is' } as const
const IS_NOT = { id: 'ne', label: 'is not' } as const
const PRESENCE = [
  { id: 'present', label: 'has a value' },
  { id: 'absent', label: 'has no value' },
] as const
const TEXT = [
  IS,
  { id: 'co', label: 'contains' },
  { id: 'sw', label: 'starts with' },
  { id: 'ew', label: 'ends with' },
  IS_NOT,
] as const
const NUMBER = [
  IS,
  IS_NOT,
  { id: 'gt', label: 'is more than' },
  { id: 'ge', label: 'is at least' },
  { id: 'lt', label: 'is less than' },
  { id: 'le', label: 'is at most' },
] as const
const MOMENT = [
  { id: 'ge', label: 'is at or after' },
  { id: 'lt', label: 'is before' },
] as const

export function operatorsOf(field: string, isNullable: boolean): readonly Operator[] {
  const kind = kindOf(field)
  const own = kind === 'integer' ? NUMBER : kind === 'instant' ? MOMENT : kind === 'word' ? [IS, IS_NOT] : TEXT
  return isNullable ? [...own, ...PRESENCE] : own
}
