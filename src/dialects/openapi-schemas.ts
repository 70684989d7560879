import type { Schema } from './operation.ts'

/** The schemas an OpenAPI document names once and refers to, under `#/components/schemas/`. */
export interface SharedSchemas {
  /** The schema with every titled one in it, itself included, replaced by a reference to its one copy. */
  readonly share: (schema: Schema) => Schema
  readonly all: () => Readonly<Record<string, Schema>>
}

const NAME = /^[A-Za-z0-9._-]+$/

/**
 * Collects schemas by title. Two different ones of one title cannot both have the name: the second stays where it is
 * used.
 */
export function sharedSchemas(): SharedSchemas {
  const byName = new Map<string, { readonly text: string; readonly schema: Schema }>()

  const shareWithin = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shareWithin)
    if (typeof value !== 'object' || value === null) return value
    return share(value as Schema)
  }

  const share = (schema: Schema): Schema => {
    const { title } = schema
    const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, shareWithin(value)]))
    if (typeof title !== 'string' || !NAME.test(title)) return inner
    const text = JSON.stringify(inner)
    const known = byName.get(title)
    if (known && known.text !== text) return inner
    if (!known) byName.set(title, { text, schema: inner })
    return { $ref: `#/components/schemas/${title}` }
  }

  return { share, all: () => Object.fromEntries([...byName].map(([name, { schema }]) => [name, schema])) }
}

/** The narrowest schema of all these JSON values: what a dialect's errors have in common, and what some of them add. */
export function inferredSchema(values: readonly unknown[]): Schema {
  const objects = values.filter(isObject)
  const lists = values.filter((value) => Array.isArray(value))
  const types = [...new Set(values.map(typeOf))].toSorted()
  return {
    type: types.length === 1 ? types[0] : types,
    ...(objects.length === 0 ? {} : inferredMembers(objects)),
    ...(lists.flat().length === 0 ? {} : { items: inferredSchema(lists.flat()) }),
  }
}

function inferredMembers(objects: readonly Readonly<Record<string, unknown>>[]): Schema {
  const names = [...new Set(objects.flatMap((one) => Object.keys(one)))]
  const properties = names.map((name) => {
    const values = objects.flatMap((one) => (Object.hasOwn(one, name) ? [one[name]] : []))
    return [name, inferredSchema(values)] as const
  })
  return {
    properties: Object.fromEntries(properties),
    required: names.filter((name) => objects.every((one) => Object.hasOwn(one, name))),
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value
}
