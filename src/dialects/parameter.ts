import { invalid } from '../core/error.ts'
import { VALUE_LENGTH_MAX } from '../core/limits.ts'
import { excerpt, isStorable } from '../core/text.ts'
import type { QueryPair } from './dialect.ts'
import type { ParameterDescription, Schema } from './operation.ts'

export { excerpt }

/** A query parameter: what it is called and means, and how its text becomes a value. */
export interface Parameter<T> {
  readonly schema: Schema
  readonly description: string
  /** Other names that mean the same. */
  readonly aliases: readonly string[]
  readonly repeatable: boolean
  /** The values sent, none when absent, which is always the same value. Throws `invalid` naming the parameter. */
  readonly read: (values: readonly string[], name: string) => T
}

/** The parameters of an operation by name. */
export type Parameters = Readonly<Record<string, Parameter<unknown>>>
/** What reading these parameters gives, by name. */
export type ParameterValues<P extends Parameters> = {
  readonly [N in keyof P]: P[N] extends Parameter<infer T> ? T : never
}

interface Options {
  readonly description: string
  readonly aliases?: readonly string[]
}

function single<T>(
  { description, aliases = [] }: Options,
  schema: Schema,
  absent: T,
  read: (value: string, name: string) => T,
): Parameter<T> {
  return {
    schema,
    description,
    aliases,
    repeatable: false,
    read: ([value], name) => (value === undefined ? absent : read(value, name)),
  }
}

/** A whole number in decimal digits; `otherwise` when absent. */
export function integer<const D extends number | undefined>(
  options: Options & { readonly min: number; readonly max: number; readonly otherwise: D },
): Parameter<number | D> {
  const { min, max, otherwise } = options
  const allowed = `a whole number from ${min} to ${max}`
  const schema = {
    type: 'integer',
    minimum: min,
    maximum: max,
    ...(otherwise === undefined ? {} : { default: otherwise }),
  }
  return single<number | D>(options, schema, otherwise, (value, name) => {
    const where = { in: 'query', name, allowed, value: excerpt(value) } as const
    if (!/^-?\d{1,16}$/.test(value))
      throw invalid('type', `${name} must be ${allowed}.`, { ...where, actual: 'string', expected: 'integer' })
    const number = Number(value)
    if (number < min || number > max) throw invalid('range', `${name} must be ${allowed}.`, where)
    return number
  })
}

/** `true`, `false`, `1` or `0`. */
export function boolean<const D extends boolean | undefined>(
  options: Options & { readonly otherwise: D },
): Parameter<boolean | D> {
  const schema = { type: 'boolean', ...(options.otherwise === undefined ? {} : { default: options.otherwise }) }
  return single<boolean | D>(options, schema, options.otherwise, (value, name) => {
    if (value === 'true' || value === '1') return true
    if (value === 'false' || value === '0') return false
    const allowed = ['true', 'false', '1', '0']
    throw invalid('type', `${name} must be true or false.`, {
      in: 'query',
      name,
      allowed,
      value: excerpt(value),
      actual: 'string',
      expected: 'boolean',
    })
  })
}

/** Any text that can be stored, up to a length; undefined when absent. */
export function text(options: Options & { readonly lengthMax?: number }): Parameter<string | undefined> {
  const { lengthMax = VALUE_LENGTH_MAX } = options
  return single<string | undefined>(options, { type: 'string', maxLength: lengthMax }, undefined, (value, name) =>
    checkedText(value, name, lengthMax),
  )
}

/** One of a closed list. */
export function choice<const V extends string, const D extends V | undefined>(
  options: Options & { readonly of: readonly V[]; readonly otherwise: D },
): Parameter<V | D> {
  const { of, otherwise } = options
  // `type` beside `enum`, so that reference pages read well.
  const schema = { type: 'string', enum: of, ...(otherwise === undefined ? {} : { default: otherwise }) }
  return single<V | D>(options, schema, otherwise, (value, name) => {
    const found = of.find((one) => one === value)
    if (found !== undefined) return found
    throw invalid('value', `${name} must be one of ${of.join(', ')}.`, {
      in: 'query',
      name,
      allowed: of,
      value: excerpt(value),
    })
  })
}

/** All texts sent under the name, also as `name[]` and `name[0]`; optionally comma-separated in one. */
export function texts(options: Options & { readonly separator?: ',' }): Parameter<readonly string[]> {
  const { description, aliases = [], separator } = options
  return {
    schema: { type: 'array', items: { type: 'string' }, default: [] },
    description,
    aliases,
    repeatable: true,
    read: (values, name) =>
      values
        .flatMap((value) => (separator ? value.split(separator) : [value]))
        .map((value) => checkedText(value, name, VALUE_LENGTH_MAX)),
  }
}

/** What is said of a parameter there is not. */
export function unknownSentence(name: string, allowed: readonly string[]): string {
  const rest = allowed.length === 0 ? 'There are none here.' : `Allowed: ${allowed.join(', ')}.`
  return `Unknown parameter ${name}. ${rest}`
}

/**
 * Reads the query of a request by its parameters. A name that is not among them is refused, or ignored where a contract
 * says so; a name sent twice is refused unless it is repeatable.
 */
export function readParameters<P extends Parameters>(
  parameters: P,
  query: readonly QueryPair[],
  unknown: 'refuse' | 'ignore' = 'refuse',
): ParameterValues<P> {
  const sent = new Map<string, string[]>()
  for (const [written, value] of query) {
    const name = nameOf(parameters, written)
    const parameter = name === undefined ? undefined : parameters[name]
    if (name === undefined || parameter === undefined) {
      if (unknown === 'ignore') continue
      const shown = excerpt(written)
      const allowed = Object.keys(parameters)
      throw invalid('unknown', unknownSentence(shown, allowed), { in: 'query', name: shown, allowed })
    }
    const values = sent.get(name)
    if (!values) sent.set(name, [value])
    else if (parameter.repeatable) values.push(value)
    else throw invalid('range', `${name} may be sent only once.`, { in: 'query', name, allowed: 'one value' })
  }
  const read = { ...absentValues(parameters) }
  for (const [name, values] of sent) read[name] = parameters[name]?.read(values, name)
  return read as ParameterValues<P>
}

const ABSENT = new WeakMap<Parameters, Record<string, unknown>>()

// What a parameter that was not sent comes to is always the same, so that only the ones sent cost anything.
function absentValues(parameters: Parameters): Record<string, unknown> {
  let values = ABSENT.get(parameters)
  if (!values) {
    values = Object.fromEntries(Object.entries(parameters).map(([name, one]) => [name, one.read([], name)]))
    ABSENT.set(parameters, values)
  }
  return values
}

function nameOf(parameters: Parameters, written: string): string | undefined {
  if (Object.hasOwn(parameters, written)) return written
  const plain = written.replace(/\[\d{0,4}\]$/, '')
  for (const [name, { aliases, repeatable }] of Object.entries(parameters)) {
    if (aliases.includes(written)) return name
    if (repeatable && (plain === name || `${plain}[]` === name || aliases.includes(plain))) return name
  }
  return undefined
}

/** The parameters as an OpenAPI document lists them. */
export function describeParameters(parameters: Parameters): readonly ParameterDescription[] {
  return Object.entries(parameters).map(([name, { description, schema }]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema,
  }))
}

function checkedText(value: string, name: string, lengthMax: number): string {
  if (!isStorable(value))
    throw invalid('text', `${name} must not contain NUL or lone surrogates.`, { in: 'query', name })
  if (value.length > lengthMax) {
    throw invalid('range', `${name} must have at most ${lengthMax} characters.`, {
      in: 'query',
      name,
      allowed: `at most ${lengthMax} characters`,
    })
  }
  return value
}
