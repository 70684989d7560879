import type { Field } from './field.ts'

/** Stands for any run of characters, also none. */
export const ANY = Symbol('any run of characters')

/** A literal run of text, or any run of characters. Never a pattern string: nothing is left to escape. */
export type TextPart = string | typeof ANY

/** What a field is compared with: texts for `id`, `text`, `word` and `instant` fields, numbers for `integer` ones. */
export type Value = string | number

export type Comparison = 'eq' | 'gt' | 'ge' | 'lt' | 'le'

/**
 * A yes-or-no question about one user. The kinds are closed: every engine compiles all of them, and `matches` says what
 * they mean. A comparison with an absent value is false, so its negation is true. On a field of several values a
 * question holds when it holds for any of them.
 */
export type Filter =
  | { readonly kind: 'all'; readonly of: readonly Filter[] }
  | { readonly kind: 'any'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'compare'; readonly field: Field; readonly op: Comparison; readonly value: Value }
  | { readonly kind: 'in'; readonly field: Field; readonly values: readonly Value[] }
  /** The whole text of the field, on folded keys; `id` fields take patterns too, on their text form. */
  | { readonly kind: 'text'; readonly field: Field; readonly parts: readonly TextPart[] }
  | { readonly kind: 'present'; readonly field: Field }
  /** The user's customer is this one or lies below it. */
  | { readonly kind: 'subtree'; readonly customerId: number }

/** Every user. */
export const EVERYONE: Filter = { kind: 'all', of: [] }

/** No user. */
export const NOBODY: Filter = { kind: 'any', of: [] }

/** Users that are not deleted: what every list shows unless it is asked for more. */
export const LIVE: Filter = { kind: 'not', of: { kind: 'compare', field: 'status', op: 'eq', value: 'deleted' } }

/** All of the filters, flattened; filters that are undefined ask nothing. */
export function all(...filters: readonly (Filter | undefined)[]): Filter {
  const of = filters.flatMap((filter) => (filter === undefined ? [] : filter.kind === 'all' ? filter.of : [filter]))
  return of.length === 1 && of[0] ? of[0] : { kind: 'all', of }
}

/** Any of the filters; of none, nobody. */
export function any(...of: readonly Filter[]): Filter {
  return of.length === 1 && of[0] ? of[0] : { kind: 'any', of }
}

export function not(of: Filter): Filter {
  return { kind: 'not', of }
}

export function equal(field: Field, value: Value): Filter {
  return { kind: 'compare', field, op: 'eq', value }
}

/** The field's whole text is the pattern, in which every `*` is any run of characters. */
export function wildcard(field: Field, pattern: string): Filter {
  const parts: TextPart[] = []
  for (const [index, run] of pattern.split('*').entries()) {
    if (index > 0 && parts.at(-1) !== ANY) parts.push(ANY)
    if (run !== '') parts.push(run)
  }
  return { kind: 'text', field, parts }
}

/** The fields a filter asks about. */
export function fieldsOf(filter: Filter): readonly Field[] {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return filter.of.flatMap(fieldsOf)
    case 'not':
      return fieldsOf(filter.of)
    case 'subtree':
      return ['customerId']
    default:
      return [filter.field]
  }
}
