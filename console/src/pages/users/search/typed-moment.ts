import type { Comparison, Filter } from '../filter/filter.ts'
import { COMPARED, valuesOf } from './typed-values.ts'

const DAY_MS = 86_400_000

/** A day, month or year has a start and an end; a moment is its own. In UTC, so that a copied address means the same everywhere. */
function stretchOf(text: string): readonly [string, string] | undefined {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/u.exec(text)
  if (found === null) {
    const at = /^\d{4}-\d\d-\d\dT/u.test(text) ? Date.parse(text) : Number.NaN
    return Number.isNaN(at) ? undefined : [instant(at), instant(at)]
  }
  const [, year = '', month, day] = found
  const start = Date.parse(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`)
  // Date.parse takes 31 February for 3 March.
  if (Number.isNaN(start) || (day !== undefined && new Date(start).getUTCDate() !== Number(day))) return undefined
  if (day !== undefined) return [instant(start), instant(start + DAY_MS)]
  const end = month === undefined ? Date.UTC(Number(year) + 1, 0) : Date.UTC(Number(year), Number(month))
  return [instant(start), instant(end)]
}

function instant(at: number): string {
  return new Date(at).toISOString()
}

/** What `field:value` asks of a field that holds instants; a sentence where the value is no day, month, year or moment. */
export function momentTyped(field: string, written: string): Filter | string {
  const wrong = `${field} is a day such as 2026-01-31, also with >=, < or .. between two of them.`
  const text = valuesOf(written)
    .map((value) => value.text)
    .join(',')
  const compare = (op: Comparison, value: string): Filter => ({ kind: 'compare', field, op, value })
  const between = (start: string, end: string): Filter =>
    start === end ? compare('eq', start) : { kind: 'and', of: [compare('ge', start), compare('lt', end)] }
  const [from, to, more] = text.split('..')
  if (from !== undefined && to !== undefined) {
    const [low, high] = [stretchOf(from), stretchOf(to)]
    if (low === undefined || high === undefined || more !== undefined) return wrong
    return { kind: 'and', of: [compare('ge', low[0]), compare(high[0] === high[1] ? 'le' : 'lt', high[1])] }
  }
  const [, sign = '', rest = text] = COMPARED.exec(text) ?? []
  const stretch = stretchOf(rest)
  if (stretch === undefined) return wrong
  const [start, end] = stretch
  const isMoment = start === end
  if (sign === '>') return isMoment ? compare('gt', start) : compare('ge', end)
  if (sign === '>=') return compare('ge', start)
  if (sign === '<') return compare('lt', start)
  if (sign === '<=') return isMoment ? compare('le', start) : compare('lt', end)
  return between(start, end)
}
