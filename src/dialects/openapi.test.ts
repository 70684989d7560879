import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { schemaFaults } from '../../test/json-schema.ts'
import type { Route } from './dialect.ts'
import { dialects } from './index.ts'
import { openapi } from './openapi.ts'
import { DEFAULT_DIALECT_SETTINGS } from './settings.ts'

type Schema = Readonly<Record<string, unknown>>

interface MediaType {
  readonly schema: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>
}

interface Response {
  readonly description: string
  readonly content?: Readonly<Record<string, MediaType>>
}

interface WrittenOperation {
  readonly operationId: string
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly (MediaType & {
    readonly name: string
    readonly in: string
    readonly required: boolean
  })[]
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> }
  readonly responses: Readonly<Record<string, Response>>
}

interface OpenApi {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, WrittenOperation>>>>
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>
    readonly schemas: Readonly<Record<string, Schema>>
  }
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'x-query']

for (const dialect of dialects(DEFAULT_DIALECT_SETTINGS)) {
  const document = JSON.parse(JSON.stringify(openapi(dialect, '1.2.3'))) as OpenApi
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation, name: `${method} ${path}` })),
  )
  const operationOf = ({ method, path }: Route): WrittenOperation => {
    const template = path.replace(/:(\w+)/g, '{$1}')
    const operation = document.paths[template]?.[method === 'QUERY' ? 'x-query' : method.toLowerCase()]
    assert.ok(operation, `${method} ${path} is not in the document`)
    return operation
  }
  const resolve = (reference: string): Schema => {
    const schema = document.components.schemas[reference.replace('#/components/schemas/', '')]
    assert.ok(schema && reference.startsWith('#/components/schemas/'), `${reference} leads nowhere`)
    return schema
  }

  describe(`The OpenAPI document of ${dialect.name}`, () => {
    it('has the head OpenAPI 3.1 asks for', () => {
      assert.match(document.openapi, /^3\.1\.\d+$/)
      assert.deepEqual([document.info.title, document.info.version], [dialect.title, '1.2.3'])
      assert.ok(operations.length > 0)
    })

    it('is the same every time, key by key', () => {
      assert.equal(JSON.stringify(openapi(dialect, '1.2.3')), JSON.stringify(openapi(dialect, '1.2.3')))
    })

    it('has each route once, under a path template and a method there is', () => {
      const templates = Object.keys(document.paths).map((path) => path.replace(/\{[^}]*\}/g, '{}'))
      assert.equal(new Set(templates).size, templates.length)
      for (const { path, method } of operations) {
        assert.match(path, /^\//)
        assert.ok(METHODS.includes(method), `${method} is no method of OpenAPI 3.1`)
      }
      assert.equal(operations.length, dialect.routes.length)
      for (const route of dialect.routes) assert.equal(operationOf(route).operationId, route.operation.id)
    })

    it('gives every operation an id of its own', () => {
      const ids = operations.map(({ operation }) => operation.operationId)
      assert.deepEqual(ids.toSorted(), [...new Set(ids)].toSorted())
    })

    it('declares every parameter of a path, and none that is not in it, each once', () => {
      for (const { path, operation, name } of operations) {
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
        const declared = operation.parameters.filter((parameter) => parameter.in === 'path')
        assert.deepEqual(declared.map((parameter) => parameter.name).toSorted(), inPath.toSorted(), name)
        assert.ok(
          declared.every(({ required }) => required),
          name,
        )
        const keys = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
        assert.equal(new Set(keys).size, keys.length, name)
      }
    })

    it('refers to nothing that is not there', () => {
      const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)]
      assert.ok(references.length > 0)
      for (const [, reference = ''] of references) assert.doesNotThrow(() => resolve(reference))
      for (const { operation } of operations) {
        for (const requirement of operation.security) {
          for (const scheme of Object.keys(requirement)) assert.ok(scheme in document.components.securitySchemes)
        }
      }
    })

    it('has examples that are what their schemas say', () => {
      let checked = 0
      const check = (name: string, { schema, example, examples = {} }: MediaType) => {
        const values = [
          ...(example === undefined ? [] : [example]),
          ...Object.values(examples).map(({ value }) => value),
        ]
        for (const value of values) assert.deepEqual(schemaFaults(schema, value, resolve), [], name)
        checked += values.length
      }
      for (const { operation, name } of operations) {
        for (const parameter of operation.parameters) check(`${name} ${parameter.name}`, parameter)
        for (const one of Object.values(operation.requestBody?.content ?? {})) check(`${name} body`, one)
        for (const [status, { content = {} }] of Object.entries(operation.responses)) {
          for (const one of Object.values(content)) check(`${name} ${status}`, one)
        }
      }
      assert.ok(checked > operations.length)
    })

    for (const route of dialect.routes) {
      const { method, path, access, operation } = route
      it(`has an example for every status of ${method} ${path}`, () => {
        const { responses, requestBody } = operationOf(route)
        const everywhere = [400, 405, 408, 413, 414, 429, 431, 500, 503]
        const token = access === 'public' ? [] : access === 'any' ? [401] : [401, 403]
        const kept = 'cacheable' in route && route.cacheable && method !== 'POST' ? [304] : []
        const keyed = 'idempotent' in route && route.idempotent ? [409, 422] : []
        const promised = operation.responses.map(({ status }) => status)
        const bodiless = operation.responses.filter(({ mediaType }) => mediaType === null).map(({ status }) => status)
        assert.equal('304' in responses, kept.length > 0)
        const said = [...promised, ...kept, ...everywhere, ...token, ...keyed]
        assert.deepEqual(
          said.filter((status) => !(status in responses)),
          [],
        )
        const summaries = Object.values(responses).flatMap(({ content = {} }) =>
          Object.values(content).flatMap(({ examples = {} }) => Object.values(examples).map(({ summary }) => summary)),
        )
        assert.deepEqual(
          operation.refusals.map(({ example }) => example).filter((example) => !summaries.includes(example)),
          [],
        )
        for (const [status, { description, content = {} }] of Object.entries(responses)) {
          assert.match(status, /^[1-5]\d\d$/)
          assert.notEqual(description, '')
          const shown = Object.values(content)
          assert.equal(shown.length === 0, [...bodiless, ...kept].includes(Number(status)), `${status} has no example`)
          for (const { example, examples } of shown) {
            assert.ok(example !== undefined || Object.keys(examples ?? {}).length > 0, `${status} has no example`)
          }
        }
        for (const { example } of Object.values(requestBody?.content ?? {})) assert.notEqual(example, undefined)
      })
    }
  })
}

describe('The OpenAPI document of Rollcall’s own API', () => {
  const dialect = dialects(DEFAULT_DIALECT_SETTINGS).find(({ name }) => name === 'rollcall')
  assert.ok(dialect)
  const document = openapi(dialect, '1.2.3') as OpenApi

  it('keeps QUERY under x-query, which OpenAPI 3.1 lets pass', () => {
    assert.equal(document.paths['/v1/users']?.['x-query']?.operationId, 'queryUsers')
    assert.equal(document.paths['/v1/users']['get']?.operationId, 'listUsers')
  })

  it('shows a problem for each kind of refusal of one status', () => {
    const problems = document.paths['/v1/users']?.['get']?.responses['400']?.content?.['application/problem+json']
    const types = Object.values(problems?.examples ?? {}).map(({ value }) => (value as { readonly type: string }).type)
    assert.deepEqual(
      [
        '/problems/unknown-parameter',
        '/problems/invalid-parameter',
        '/problems/invalid-filter',
        '/problems/invalid-cursor',
      ].filter((type) => !types.includes(type)),
      [],
    )
  })
  it('names in the sentence about an unknown parameter those there are', () => {
    const refused = document.paths['/v1/users']?.['get']?.responses['400']?.content?.['application/problem+json']
    const [first] = Object.values(refused?.examples ?? {})
    const { detail, allowed } = first?.value as { readonly detail: string; readonly allowed: readonly string[] }
    assert.equal(detail, `Unknown parameter colour. Allowed: ${allowed.join(', ')}.`)
  })
})
