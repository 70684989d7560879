import { invalid, type Where } from '../core/error.ts'
import { VALUE_LENGTH_MAX } from '../core/limits.ts'
import { memberPath } from '../core/member-path.ts'
import { isStorable } from '../core/text.ts'
import type { Json } from '../core/user.ts'
import type { Schema } from './operation.ts'
import { excerpt } from './parameter.ts'

/** A form a JSON value must have: its schema, and how it is read. Throws `invalid` naming the member by dotted path. */
export interface Shape<T> {
  readonly schema: Schema
  readonly read: (value: unknown, at: string) => T
}

/** What reading a shape gives. */
export type ShapeOf<S> = S extends Shape<infer T> ? T : never

/** The JSON type of a value, as errors name it. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}

function wrongType(value: unknown, at: string, expected: string) {
  const actual = jsonType(value)
  const name = at === '' ? 'The body' : at
  return invalid('type', `${name} must be of type ${expected}, not ${actual}.`, at_(at, { actual, expected }))
}

function at_(at: string, more: Where = {}): Where {
  return { in: 'body', ...(at === '' ? {} : { name: at }), ...more }
}

/** A text without NUL and lone surrogates, up to a length. */
export function string(options: { readonly lengthMax?: number; readonly lengthMin?: number } = {}): Shape<string> {
  const { lengthMax = VALUE_LENGTH_MAX, lengthMin = 0 } = options
  return {
    schema: { type: 'string', maxLength: lengthMax, ...(lengthMin > 0 ? { minLength: lengthMin } : {}) },
    read(value, at) {
      if (typeof value !== 'string') throw wrongType(value, at, 'string')
      if (!isStorable(value)) throw invalid('text', `${at} must not contain NUL or lone surrogates.`, at_(at))
      if (value.length > lengthMax || value.length < lengthMin) {
        const allowed = lengthMin > 0 ? `${lengthMin} to ${lengthMax} characters` : `at most ${lengthMax} characters`
        throw invalid('range', `${at} must have ${allowed}.`, at_(at, { allowed }))
      }
      return value
    },
  }
}

/** A number without a fraction, within a range. */
export function integer(options: { readonly min?: number; readonly max?: number } = {}): Shape<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options
  return {
    schema: { type: 'integer', minimum: min, maximum: max },
    read(value, at) {
      if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(value, at, 'integer')
      if (value < min || value > max) {
        const allowed = `a whole number from ${min} to ${max}`
        throw invalid('range', `${at} must be ${allowed}.`, at_(at, { allowed, value: String(value) }))
      }
      return value
    },
  }
}

/** `true` or `false`, and nothing that stands for them. */
export const boolean: Shape<boolean> = {
  schema: { type: 'boolean' },
  read(value, at) {
    if (typeof value !== 'boolean') throw wrongType(value, at, 'boolean')
    return value
  },
}

/** One of a closed list of texts, letter for letter. */
export function choice<const V extends string>(of: readonly V[]): Shape<V> {
  return {
    schema: { type: 'string', enum: of },
    read(value, at) {
      if (typeof value !== 'string') throw wrongType(value, at, 'string')
      const found = of.find((one) => one === value)
      if (found !== undefined) return found
      throw invalid('value', `${at} must be one of ${of.join(', ')}.`, at_(at, { allowed: of, value: excerpt(value) }))
    },
  }
}

/** A list of items of one form, up to a length. */
export function list<T>(item: Shape<T>, options: { readonly lengthMax: number }): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema, maxItems: options.lengthMax },
    read(value, at) {
      if (!Array.isArray(value)) throw wrongType(value, at, 'array')
      if (value.length > options.lengthMax) {
        const allowed = `at most ${options.lengthMax} items`
        throw invalid('range', `${at === '' ? 'The body' : at} must have ${allowed}.`, at_(at, { allowed }))
      }
      return value.map((one: unknown, index) => item.read(one, memberPath(at, String(index))))
    },
  }
}

/** Named values of one form. */
export function map<T>(item: Shape<T>, options: { readonly lengthMax: number }): Shape<Readonly<Record<string, T>>> {
  const key = string()
  return {
    schema: { type: 'object', additionalProperties: item.schema, maxProperties: options.lengthMax },
    read(value, at) {
      const entries = Object.entries(objectOf(value, at))
      if (entries.length > options.lengthMax) {
        const allowed = `at most ${options.lengthMax} entries`
        throw invalid('range', `${at} must have ${allowed}.`, at_(at, { allowed }))
      }
      return Object.fromEntries(
        entries.map(([name, one]) => [
          key.read(name, memberPath(at, excerpt(name))),
          item.read(one, memberPath(at, excerpt(name))),
        ]),
      )
    },
  }
}

/** Null, or the form. */
export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  const { type } = shape.schema
  const schema =
    typeof type === 'string' && !('enum' in shape.schema)
      ? { ...shape.schema, type: [type, 'null'] }
      : { anyOf: [shape.schema, { type: 'null' }] }
  return { schema, read: (value, at) => (value === null ? null : shape.read(value, at)) }
}

/** Any JSON value whose texts can be stored; how deep and long it may be is the core's to say. */
export const json: Shape<Json> = {
  schema: {},
  read(value, at) {
    assertStorable(value, at, 0)
    return value as Json
  },
}

function assertStorable(value: unknown, at: string, depth: number): void {
  if (depth > 64) throw invalid('range', `${at} is nested too deeply.`, at_(at, { allowed: 'at most 64 levels' }))
  if (typeof value === 'string') string({ lengthMax: Infinity }).read(value, at)
  else if (Array.isArray(value))
    value.forEach((one, index) => assertStorable(one, memberPath(at, String(index)), depth + 1))
  else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) {
      string().read(name, memberPath(at, excerpt(name)))
      assertStorable(one, memberPath(at, excerpt(name)), depth + 1)
    }
  }
}

/** A member of an object: required unless wrapped in `optional`. */
export type Members = Readonly<Record<string, Shape<unknown> | Optional<unknown>>>
/** The shape of a member that may be absent. */
export interface Optional<T> extends Shape<T> {
  readonly optional: true
}
/** The shape of a member that may be absent, and then has a value all the same. */
interface Defaulted<T> extends Shape<T> {
  readonly otherwise: T
}
/** What reading an object of these members gives. */
export type ObjectOf<M extends Members> = {
  readonly [N in keyof M as M[N] extends Optional<unknown> ? never : N]: ShapeOf<M[N]>
} & { readonly [N in keyof M as M[N] extends Optional<unknown> ? N : never]?: ShapeOf<M[N]> | undefined }

/** A member that may be absent; where it is there it has the form. */
export function optional<T>(shape: Shape<T>): Optional<T> {
  return { ...shape, optional: true }
}

/** A member that may be absent; then it is `otherwise`. */
export function defaulted<T>(shape: Shape<T>, otherwise: T): Defaulted<T> {
  return { ...shape, schema: { ...shape.schema, default: otherwise }, otherwise }
}

/**
 * An object of these members and, unless `unknown` is `ignore`, no others. Names match exactly unless `anyCase`, and even
 * then none may come in two spellings.
 */
export function object<M extends Members>(
  members: M,
  options: { readonly unknown?: 'refuse' | 'ignore'; readonly anyCase?: boolean } = {},
): Shape<ObjectOf<M>> {
  const { unknown = 'refuse', anyCase = false } = options
  const names = Object.keys(members)
  const spelt = new Map(names.map((name) => [anyCase ? name.toLowerCase() : name, name]))
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(members).map(([name, { schema }]) => [name, schema])),
      required: names.filter((name) => !isOptional(members[name]) && !isDefaulted(members[name])),
      ...(unknown === 'refuse' ? { additionalProperties: false } : {}),
    },
    read(value, at) {
      const sent = new Map<string, unknown>()
      for (const [written, one] of Object.entries(objectOf(value, at))) {
        const name = spelt.get(anyCase ? written.toLowerCase() : written)
        if (name !== undefined) {
          if (sent.has(name)) throw sentTwice(memberPath(at, name))
          sent.set(name, one)
        } else if (unknown === 'refuse') {
          const path = memberPath(at, excerpt(written))
          throw invalid(
            'unknown',
            `Unknown member ${path}. Allowed: ${names.join(', ')}.`,
            at_(path, { allowed: names }),
          )
        }
      }
      const read: Record<string, unknown> = {}
      for (const [name, member] of Object.entries(members)) {
        if (sent.has(name)) read[name] = member.read(sent.get(name), memberPath(at, name))
        else if (isDefaulted(member)) read[name] = member.otherwise
        else if (!isOptional(member)) {
          throw invalid('missing', `${memberPath(at, name)} is required.`, at_(memberPath(at, name)))
        }
      }
      return read as ObjectOf<M>
    },
  }
}

// In two spellings: of the same one an object has only the last.
function sentTwice(at: string) {
  return invalid('range', `${at} may be sent only once, in whatever letter case.`, at_(at, { allowed: 'one value' }))
}

function isOptional(member: Shape<unknown> | undefined): boolean {
  return member !== undefined && 'optional' in member
}

function isDefaulted(member: Shape<unknown> | undefined): member is Defaulted<unknown> {
  return member !== undefined && 'otherwise' in member
}

function objectOf(value: unknown, at: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(value, at, 'object')
  return value
}
