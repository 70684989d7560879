import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dialects } from './index.ts'
import { openapi } from './openapi.ts'
import type { Schema } from './operation.ts'
import { DEFAULT_DIALECT_SETTINGS } from './settings.ts'

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** A member, or what stands for any of a map, and where it was come upon. */
interface Field {
  readonly place: string
  readonly description: unknown
}

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every field of every body and answer of a document, through references; a schema that holds itself is gone into once. */
function fieldsOf({ paths, components }: OpenApi): readonly Field[] {
  const fields: Field[] = []

  const resolve = ({ $ref, ...beside }: Schema): Schema => {
    if (typeof $ref !== 'string') return beside
    const found = components.schemas[$ref.replace('#/components/schemas/', '')]
    assert.ok(found, `${$ref} leads nowhere`)
    return { ...resolve(found), ...beside }
  }

  const walk = (schema: unknown, place: string, entered: readonly unknown[]): void => {
    if (!isObject(schema) || entered.includes(schema['$ref'])) return
    const inside = typeof schema['$ref'] === 'string' ? [...entered, schema['$ref']] : entered
    const { properties, additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = resolve(schema)
    const members = [
      ...(isObject(properties) ? Object.entries(properties) : []),
      ...(isObject(additionalProperties) ? [['<any name>', additionalProperties] as const] : []),
    ]
    for (const [name, member] of members as [string, Schema][]) {
      fields.push({ place: `${place}.${name}`, description: resolve(member)['description'] })
      walk(member, `${place}.${name}`, inside)
    }
    walk(items, place, inside)
    for (const form of [anyOf, oneOf, allOf].flat()) walk(form, place, inside)
  }

  // Wherever there is content there is a schema, of a body or an answer; parameters have theirs without one.
  const seek = (value: unknown, place: string): void => {
    if (Array.isArray(value) || !isObject(value)) return
    for (const [name, inner] of Object.entries(value)) {
      if (name !== 'content') seek(inner, `${place} ${name}`)
      else for (const one of Object.values(inner as Schema)) walk((one as Schema)['schema'], place, [])
    }
  }
  seek(paths, '')
  return fields
}

for (const dialect of dialects(DEFAULT_DIALECT_SETTINGS)) {
  describe(`The fields in the OpenAPI document of ${dialect.name}`, () => {
    const document = JSON.parse(JSON.stringify(openapi(dialect, '1.2.3'))) as OpenApi
    const fields = fieldsOf(document)

    it('all say what they mean', () => {
      const bare = fields.filter(({ description }) => typeof description !== 'string')
      assert.deepEqual([...new Set(bare.map(({ place }) => place))], [])
    })

    it('say it in sentences', () => {
      const said = fields.flatMap(({ place, description }) =>
        typeof description === 'string' && !/^[A-Z`].*[.!?]$/s.test(description) ? [`${place}: ${description}`] : [],
      )
      assert.deepEqual([...new Set(said)], [])
    })

    it('are those of bodies, answers and refusals', () => {
      const places = fields.map(({ place }) => place)
      for (const part of [' responses 200', ' responses 400', ' responses 401', ' responses 429', ' responses 500']) {
        assert.ok(
          places.some((place) => place.includes(part)),
          part,
        )
      }
      const hasBodies = dialect.routes.some(({ operation }) => operation.body !== undefined)
      assert.equal(
        places.some((place) => place.includes(' requestBody')),
        hasBodies,
      )
    })
  })
}
