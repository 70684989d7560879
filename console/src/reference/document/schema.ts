/** The parts of a JSON Schema (2020-12) that the documents use. */
export interface Schema {
  readonly $ref?: string
  readonly title?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly pattern?: string
  readonly writeOnly?: boolean
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

/** Schemas by name, as under `#/components/schemas`. */
export type Schemas = Readonly<Record<string, Schema>>

const PLACE = '#/components/schemas/'

/** The schema that a reference leads to, with what stands beside the reference; itself where it is none. */
export function resolve(schema: Schema, schemas: Schemas): Schema {
  let found = schema
  // A reference may lead to another; a circle of nothing else says nothing.
  for (let steps = 0; steps < 8 && found.$ref !== undefined; steps += 1) {
    const { $ref, ...beside } = found
    const name = $ref.startsWith(PLACE) ? $ref.slice(PLACE.length) : ''
    found = { ...(Object.hasOwn(schemas, name) ? schemas[name] : {}), ...beside }
  }
  return found
}

/** A type in few words: `string<uuid>`, `array<integer>`, `string | null`. */
export function typeOf(schema: Schema, schemas: Schemas): string {
  const { type, format, items, anyOf, oneOf, enum: options, const: only } = resolve(schema, schemas)
  if (only !== undefined) return JSON.stringify(only)
  const choices = anyOf ?? oneOf
  if (choices) return [...new Set(choices.map((choice) => typeOf(choice, schemas)))].join(' | ')
  const types = typeof type === 'string' ? [type] : (type ?? [])
  if (types.length === 0) return options ? 'enum' : 'any'
  return types
    .map((one) => {
      if (one === 'array') return `array<${items ? typeOf(items, schemas) : 'any'}>`
      if (one === 'string' && options) return 'enum'
      return one === 'string' && format !== undefined ? `string<${format}>` : one
    })
    .join(' | ')
}

/** The values there are, where a schema lists them: its own, or those of what it is a list of. */
export function optionsOf(schema: Schema, schemas: Schemas): readonly string[] {
  const { enum: options, items, anyOf, oneOf } = resolve(schema, schemas)
  if (options) return options.map((option) => (typeof option === 'string' ? option : JSON.stringify(option)))
  if (items) return optionsOf(items, schemas)
  return (anyOf ?? oneOf ?? []).flatMap((choice) => optionsOf(choice, schemas))
}

/** What counts where nothing is sent, as JSON; empty where nothing does, or an empty list, which is nothing too. */
export function defaultOf({ default: usual }: Schema): string {
  return usual === undefined || (Array.isArray(usual) && usual.length === 0) ? '' : JSON.stringify(usual)
}

/** What a value has to keep to, in words; without the options and the default. */
export function constraintsOf(schema: Schema, schemas: Schemas): readonly string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, maxProperties, pattern, writeOnly } = resolve(
    schema,
    schemas,
  )
  return [
    span(minimum, maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum, ''),
    span(minLength, maxLength, 'characters'),
    span(minItems, maxItems, 'entries'),
    span(undefined, maxProperties, 'members'),
    pattern === undefined ? '' : `like ${pattern}`,
    writeOnly === true ? 'never shown again' : '',
  ].filter((words) => words !== '')
}

function span(from: number | undefined, to: number | undefined, unit: string): string {
  const words = unit === '' ? '' : ` ${unit}`
  if (from === undefined) return to === undefined ? '' : `at most ${to}${words}`
  if (to === undefined) return `at least ${from}${words}`
  return from === to ? `${from}${words}` : `${from} to ${to}${words}`
}
