import type { Value } from '../../core/filter.ts'

/** An array as PostgreSQL reads it, for a parameter that is cast to its type. */
export function arrayText(values: readonly (Value | null)[]): string {
  return `{${values.map((value) => (typeof value === 'string' ? quoted(value) : String(value))).join(',')}}`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
