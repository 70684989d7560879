import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fieldsOf } from '../../console/src/reference/document/field.ts'
import { constraintsOf, optionsOf, typeOf, type Schema } from '../../console/src/reference/document/schema.ts'
import { documentOf, DOCUMENTS, operationOf, OPERATIONS } from './reference-documents.ts'

describe('reading OpenAPI documents', () => {
  it('finds every operation with its status, each with an example or without a body', () => {
    assert.equal(DOCUMENTS.length, 6)
    for (const { answers, dialect, id } of OPERATIONS) {
      assert.ok(
        answers.some(({ status }) => status < 300),
        `${dialect} ${id}`,
      )
      for (const { formats, status } of answers) {
        for (const { examples } of formats) assert.ok(examples.length > 0, `${dialect} ${id} ${status}`)
      }
    }
  })

  it('takes QUERY from x-query', () => {
    assert.equal(operationOf('rollcall', 'queryUsers').method, 'QUERY')
  })

  it('knows who may call what', () => {
    assert.equal(operationOf('alvys', 'issueToken').permission, null)
    assert.equal(operationOf('plaspy', 'listCountries').permission, 'any')
    assert.equal(operationOf('d3lay', 'createUser').permission, 'users:write')
  })

  it('knows which dialect takes a token alone', () => {
    assert.deepEqual(
      DOCUMENTS.filter(({ takesBareTokens }) => takesBareTokens).map(({ name }) => name),
      ['devrev'],
    )
  })

  it('puts every operation into a group', () => {
    assert.deepEqual(
      OPERATIONS.filter(({ group }) => group === 'More').map(({ path }) => path),
      [],
    )
  })

  it('says the types of every parameter and field in words, and leads through all of them', () => {
    for (const { schemas, operations } of DOCUMENTS) {
      const look = (schema: Schema, depth: number): void => {
        assert.match(typeOf(schema, schemas), /^[\w<>|" *:-]+$/)
        for (const field of depth > 4 ? [] : fieldsOf(schema, schemas)) {
          assert.match(field.type, /^[\w<>|" *:-]+$/, field.name)
          assert.equal(field.hasFields, field.fields().length > 0, field.name)
        }
        for (const field of depth > 4 ? [] : fieldsOf(schema, schemas)) field.fields()
      }
      for (const { parameters, body, answers } of operations) {
        for (const { schema } of parameters) look(schema, 0)
        for (const { schema } of body?.formats ?? []) look(schema, 0)
        for (const { formats } of answers) for (const { schema } of formats) look(schema, 0)
      }
    }
  })

  it('lists the fields of a list of users, and goes into what is nested', () => {
    const { schemas } = documentOf('nameshield')
    const format = operationOf('nameshield', 'listUsers').answers[0]?.formats[0]
    assert.ok(format)
    const envelope = fieldsOf(format.schema, schemas)
    assert.deepEqual(
      envelope.map(({ name }) => name),
      ['message', 'data'],
    )
    const results = envelope[1]?.fields().find(({ name }) => name === 'results')
    assert.equal(results?.type, 'array<object>')
    const author = results.fields().find(({ name }) => name === 'created_by')
    assert.deepEqual(
      author?.fields().map(({ name }) => name),
      ['id', 'firstname', 'lastname'],
    )
  })

  it('says of every field what it means, of a body as of an answer', () => {
    const said = (dialect: string, id: string, status: number | 'body', ...path: readonly string[]) => {
      const { body, answers } = operationOf(dialect, id)
      const formats = status === 'body' ? body?.formats : answers.find((answer) => answer.status === status)?.formats
      const { schemas } = documentOf(dialect)
      let fields = fieldsOf(formats?.[0]?.schema ?? {}, schemas)
      for (const name of path.slice(0, -1)) fields = fields.find((field) => field.name === name)?.fields() ?? []
      const field = fields.find(({ name }) => name === path.at(-1))
      return `${field?.description ?? 'nothing'}${field?.default ? ` ${field.default}` : ''}`
    }
    assert.equal(said('alvys', 'listUsers', 200, 'userName'), 'The username of the user, with which they sign in.')
    assert.match(said('nameshield', 'listUsers', 200, 'data', 'results', 'last_login_at'), /^When .* ISO 8601 .* null /)
    assert.match(said('d3lay', 'createUser', 'body', 'user_type'), /^The type of the user: .* "saas_user"$/)
    assert.equal(said('devrev', 'sysUsersListPost', 'body', 'limit'), 'How many users to return at most. 50')
    assert.equal(said('plaspy', 'patchUser', 401, 'success'), 'Whether the request was successful.')
    assert.equal(said('rollcall', 'updateUser', 'body', 'familyName'), 'The family name; null where none is known.')
  })

  it('follows references, also one that leads back to itself', () => {
    const schemas = { Node: { type: 'object', properties: { parent: { $ref: '#/components/schemas/Node' } } } }
    const [parent] = fieldsOf({ $ref: '#/components/schemas/Node' }, schemas)
    assert.equal(parent?.fields()[0]?.fields()[0]?.name, 'parent')
    assert.equal(typeOf({ $ref: '#/components/schemas/Gone' }, schemas), 'any')
  })

  it('says what values have to keep to', () => {
    const say = (schema: Schema) => [typeOf(schema, {}), ...constraintsOf(schema, {}), ...optionsOf(schema, {})]
    assert.deepEqual(say({ type: 'integer', minimum: 1, maximum: 500 }), ['integer', '1 to 500'])
    assert.deepEqual(say({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), ['integer', 'at least 0'])
    assert.deepEqual(say({ type: 'string', maxLength: 36 }), ['string', 'at most 36 characters'])
    assert.deepEqual(say({ type: ['string', 'null'], format: 'uuid' }), ['string<uuid> | null'])
    assert.deepEqual(say({ type: 'array', maxItems: 8, items: { enum: ['a', 2] } }), [
      'array<enum>',
      'at most 8 entries',
      'a',
      '2',
    ])
    assert.deepEqual(say({ anyOf: [{ type: 'integer' }, { const: 'all' }] }), ['integer | "all"'])
  })
})
