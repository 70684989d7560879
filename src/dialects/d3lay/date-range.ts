import { invalid } from '../../core/error.ts'
import { all, type Filter } from '../../core/filter.ts'
import { instantOf, parseInstant } from '../../core/instant.ts'
import type { Instant } from '../../core/user.ts'
import { excerpt, text, type Parameter } from '../parameter.ts'

/** A moment as a query parameter: RFC 3339 with any offset; undefined when absent. */
export function moment(description: string): Parameter<Instant | undefined> {
  const plain = text({ description })
  return {
    ...plain,
    schema: { type: 'string', format: 'date-time' },
    read(values, name) {
      const value = plain.read(values, name)
      if (value === undefined) return undefined
      const found = parseMoment(value)
      if (found !== undefined) return found
      const allowed = 'an RFC 3339 date-time with an offset, such as 2023-05-06T00:00:00Z'
      throw invalid('format', `${name} must be ${allowed}.`, { in: 'query', name, allowed, value: excerpt(value) })
    },
  }
}

/**
 * The first millisecond at or after the moment a text names. Users are kept by the millisecond, so that for a bound of
 * any precision this one divides them alike, whichever side it belongs to.
 */
function parseMoment(value: string): Instant | undefined {
  // A + that was not percent-encoded has become a space. No date-time has one there, so nothing else can be meant.
  const written = value.replace(/ (?=\d\d:\d\d$)/, '+')
  const whole = parseInstant(written)
  if (whole === undefined || !/\.\d{3}\d*[1-9]/.test(written)) return whole
  return instantOf(Date.parse(whole) + 1)
}

/** The users whose moment lies in a range: from is inclusive, to is exclusive. Throws `invalid` for from after to. */
export function rangeFilter(
  field: 'createdAt' | 'updatedAt',
  name: 'created_at' | 'updated_at',
  range: { readonly from: Instant | undefined; readonly to: Instant | undefined },
): Filter | undefined {
  const { from, to } = range
  if (from !== undefined && to !== undefined && from > to) {
    const allowed = `a moment not after ${name}_to`
    throw invalid('range', `${name}_from must be ${allowed}.`, { in: 'query', name: `${name}_from`, allowed })
  }
  if (from === undefined && to === undefined) return undefined
  return all(
    from === undefined ? undefined : { kind: 'compare', field, op: 'ge', value: from },
    to === undefined ? undefined : { kind: 'compare', field, op: 'lt', value: to },
  )
}
