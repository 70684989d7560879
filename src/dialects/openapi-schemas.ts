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
    const { title, $ref: meant, ...beside } = schema
    // What `about` says of a schema with a title at one place stands there, beside the reference.
    if (typeof meant === 'object') return { ...share(meant as Schema), ...beside }
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
