import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { sharedServer } from '../../../test/postgres/shared.ts'
import { arrayBytes, integersBytes, type ElementType } from './array-bytes.ts'

const { MAX_SAFE_INTEGER } = Number
const INTEGER_MAX = 2 ** 31 - 1

const VALUES: Readonly<Record<ElementType, fc.Arbitrary<string | number | boolean>>> = {
  boolean: fc.boolean(),
  integer: fc.integer({ min: -INTEGER_MAX - 1, max: INTEGER_MAX }),
  bigint: fc.oneof(fc.integer(), fc.integer({ min: -MAX_SAFE_INTEGER, max: MAX_SAFE_INTEGER })),
  text: fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0')),
  uuid: fc.uuid(),
}

let client: pg.Client
before(async () => {
  client = new pg.Client(await sharedServer())
  await client.connect()
})
after(() => client.end())

describe('an array as bytes', () => {
  for (const [type, value] of Object.entries(VALUES) as [ElementType, (typeof VALUES)[ElementType]][]) {
    it(`is to PostgreSQL what it was, of ${type}`, async () => {
      const values = fc.array(fc.option(value, { nil: null }), { maxLength: 200 })
      await fc.assert(
        fc.asyncProperty(values, async (values) => {
          const query = `SELECT coalesce(array_to_json($1::${type}[]), 'null')::text AS found`
          const { rows } = await client.query<{ found: string }>(query, [arrayBytes(type, values)])
          assert.deepEqual(JSON.parse(rows[0]?.found ?? ''), values)
        }),
      )
    })
  }

  it('holds stretches of integers one after another', async () => {
    const integers = fc.array(VALUES.integer as fc.Arbitrary<number>, { maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(fc.array(integers, { maxLength: 5 }), async (stretches) => {
        const query = `SELECT array_to_json($1::integer[])::text AS found`
        const parts = stretches.map((one, n) => (n % 2 === 0 ? one : new Int32Array(one)))
        const { rows } = await client.query<{ found: string }>(query, [integersBytes(parts)])
        assert.deepEqual(JSON.parse(rows[0]?.found ?? ''), stretches.flat())
      }),
    )
  })
})
