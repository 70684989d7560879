/** How a value is compared, in the words of `/v1` (RFC 7644 §3.4.2.2). */
export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'
/** What a field is compared with. */
export type FilterValue = string | number | boolean | null

/** One question about a field. */
export type Condition =
  | { readonly kind: 'compare'; readonly field: string; readonly op: Comparison; readonly value: FilterValue }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly FilterValue[] }
  | { readonly kind: 'present'; readonly field: string }

/** Filters all of which, or any of which, have to hold. */
export interface Group {
  readonly kind: 'and' | 'or'
  readonly of: readonly Filter[]
}

/** A filter as chips show it and /v1 takes it. */
export type Filter = Condition | Group | { readonly kind: 'not'; readonly of: Filter }

/** What everybody passes. */
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

/** Whether a filter is a group of others. */
export function isGroup(filter: Filter): filter is Group {
  return filter.kind === 'and' || filter.kind === 'or'
}

/** The questions a filter is made of, in order. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  if (filter.kind === 'not') return conditionsOf(filter.of)
  return isGroup(filter) ? filter.of.flatMap(conditionsOf) : [filter]
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
