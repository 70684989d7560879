type Schema = Readonly<Record<string, unknown>>

/** Keywords that say something to people only. */
const ANNOTATIONS = new Set([
  'title',
  'description',
  'format',
  'default',
  'example',
  'examples',
  'writeOnly',
  'deprecated',
])

/**
 * Every way in which a value is not what a JSON Schema (2020-12) says, a sentence each; none when it is. Knows the
 * keywords this project uses and throws for any other, so that nothing goes unchecked. `resolve` follows a `$ref`.
 */
export function schemaFaults(
  schema: Schema,
  value: unknown,
  resolve: (reference: string) => Schema,
  at = 'the value',
): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    if (ANNOTATIONS.has(keyword)) return []
    const check = CHECKS[keyword]
    if (!check) throw new Error(`The keyword ${keyword} is not known here.`)
    return check({
      rule,
      value,
      at,
      schema,
      within: (inner, one, where) => schemaFaults(inner, one, resolve, where),
      resolve,
    })
  })
}

interface Check {
  readonly rule: unknown
  readonly value: unknown
  readonly at: string
  readonly schema: Schema
  readonly within: (schema: Schema, value: unknown, at: string) => readonly string[]
  readonly resolve: (reference: string) => Schema
}

const CHECKS: Readonly<Record<string, (check: Check) => readonly string[]>> = {
  $ref: ({ rule, value, at, within, resolve }) => within(resolve(String(rule)), value, at),
  type: ({ rule, value, at }) => {
    const types = [rule].flat() as string[]
    return faultUnless(
      types.some((type) => isOfType(value, type)),
      `${at} must be of type ${types.join(' or ')}`,
    )
  },
  enum: ({ rule, value, at }) =>
    faultUnless((rule as unknown[]).includes(value), `${at} must be one of ${JSON.stringify(rule)}`),
  const: ({ rule, value, at }) => faultUnless(rule === value, `${at} must be ${JSON.stringify(rule)}`),
  minimum: ({ rule, value, at }) => number(value, (n) => n >= Number(rule), `${at} must be at least ${String(rule)}`),
  maximum: ({ rule, value, at }) => number(value, (n) => n <= Number(rule), `${at} must be at most ${String(rule)}`),
  minLength: ({ rule, value, at }) => length(value, (n) => n >= Number(rule), `${at} is too short`),
  maxLength: ({ rule, value, at }) => length(value, (n) => n <= Number(rule), `${at} is too long`),
  pattern: ({ rule, value, at }) =>
    faultUnless(
      typeof value !== 'string' || new RegExp(String(rule), 'u').test(value),
      `${at} must match ${String(rule)}`,
    ),
  minItems: ({ rule, value, at }) =>
    faultUnless(!Array.isArray(value) || value.length >= Number(rule), `${at} has too few items`),
  maxItems: ({ rule, value, at }) =>
    faultUnless(!Array.isArray(value) || value.length <= Number(rule), `${at} has too many items`),
  items: ({ rule, value, at, within }) =>
    Array.isArray(value) ? value.flatMap((one, index) => within(rule as Schema, one, `${at}.${index}`)) : [],
  properties: ({ rule, value, at, within }) =>
    Object.entries(rule as Readonly<Record<string, Schema>>).flatMap(([name, schema]) =>
      isObject(value) && Object.hasOwn(value, name) ? within(schema, value[name], `${at}.${name}`) : [],
    ),
  required: ({ rule, value, at }) =>
    isObject(value)
      ? (rule as string[]).flatMap((name) => faultUnless(Object.hasOwn(value, name), `${at}.${name} is required`))
      : [],
  additionalProperties: ({ rule, value, at, schema, within }) => {
    if (!isObject(value) || rule === true) return []
    const known = Object.keys(schema['properties'] ?? {})
    return Object.keys(value)
      .filter((name) => !known.includes(name))
      .flatMap((name) =>
        rule === false ? [`${at}.${name} is not known`] : within(rule as Schema, value[name], `${at}.${name}`),
      )
  },
  maxProperties: ({ rule, value, at }) =>
    faultUnless(!isObject(value) || Object.keys(value).length <= Number(rule), `${at} has too many members`),
  anyOf: ({ rule, value, at, within }) =>
    faultUnless(
      (rule as Schema[]).some((one) => within(one, value, at).length === 0),
      `${at} fits none of anyOf`,
    ),
  oneOf: ({ rule, value, at, within }) => {
    const fitting = (rule as Schema[]).filter((one) => within(one, value, at).length === 0)
    return faultUnless(fitting.length === 1, `${at} fits ${fitting.length} of oneOf`)
  },
}

function faultUnless(holds: boolean, fault: string): readonly string[] {
  return holds ? [] : [fault]
}

function number(value: unknown, holds: (n: number) => boolean, fault: string): readonly string[] {
  return faultUnless(typeof value !== 'number' || holds(value), fault)
}

function length(value: unknown, holds: (n: number) => boolean, fault: string): readonly string[] {
  // Counted in characters, as JSON Schema does.
  return faultUnless(typeof value !== 'string' || holds(Array.from(value).length), fault)
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
