import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { lendDatabase } from '../../../test/postgres/stores.ts'
import { runs } from '../../../test/arbitrary/runs.ts'
import { ByteClient, DOCUMENTS } from './byte-client.ts'
import { rowTypes } from './types.ts'

/** A socket whose data come in pieces of these sizes, over and over. */
class ChoppedSocket extends Socket {
  readonly #sizes: readonly number[]
  #piece = 0

  constructor(sizes: readonly number[]) {
    super()
    this.#sizes = sizes
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    let [rest] = args
    if (event !== 'data' || !Buffer.isBuffer(rest)) return super.emit(event as 'data', ...(args as [Buffer]))
    while (Buffer.isBuffer(rest) && rest.length > 0) {
      const size = this.#sizes[this.#piece++ % this.#sizes.length] ?? 1
      super.emit('data', rest.subarray(0, size))
      rest = rest.subarray(size)
    }
    return true
  }
}

/** A row as it is asked for: a text beside one that may be a document, and how often each is repeated. */
const row = fc.record({
  text: fc.option(
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
    { freq: 4 },
  ),
  bytes: fc.option(
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
    { freq: 4 },
  ),
  repeats: fc.constantFrom(1, 100, 5_000),
})
const statement = fc.record({ rows: fc.array(row, { maxLength: 4 }), hasBytes: fc.boolean(), fails: fc.boolean() })
const sizes = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 6 })
const small = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 })

// Rows without a document as they come, then the documents of the others.
function gathered(rows: readonly (readonly [string | null, string | null])[]): readonly unknown[] {
  const documents = rows.flatMap(([, document]) => document ?? [])
  const others = rows.filter(([, document]) => document === null)
  return documents.length === 0 ? others : [...others, [null, Buffer.from(`${documents.join('},')}}`)]]
}

describe('a client that gathers documents', () => {
  it('gives every row of every statement in its place, however the messages arrive', async () => {
    const lent = await lendDatabase()
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(statement, { minLength: 1, maxLength: 6 }),
          fc.oneof(sizes, small),
          async (all, pieces) => {
            const config = {
              connectionString: lent.url,
              types: rowTypes,
              pipeline: true,
              stream: () => new ChoppedSocket(pieces),
            }
            const client = new ByteClient(config)
            await client.connect()
            const answers = await Promise.allSettled(
              all.map(({ rows, hasBytes, fails }) =>
                client.query({
                  text: `SELECT repeat(text, repeats), repeat(bytes, repeats) AS ${hasBytes ? DOCUMENTS : 'others'}${fails ? ', 1 / 0' : ''}
                  FROM json_to_recordset($1) AS r (text text, bytes text, repeats integer)`,
                  values: [JSON.stringify(rows)],
                  rowMode: 'array',
                }),
              ),
            )
            await client.end()
            for (const [index, { rows, hasBytes, fails }] of all.entries()) {
              const answer = answers[index]
              // The division fails when the first row is read.
              assert.equal(answer?.status, fails ? 'rejected' : 'fulfilled')
              if (answer.status !== 'fulfilled') continue
              const plain = rows.map(({ text, bytes, repeats }) => {
                return [text?.repeat(repeats) ?? null, bytes?.repeat(repeats) ?? null] as const
              })
              assert.deepEqual(answer.value.rows, hasBytes ? gathered(plain) : plain)
            }
          },
        ),
        runs(60),
      )
    } finally {
      await lent.drop()
    }
  })

  it('gathers on where the server has something to say between two rows', async () => {
    const lent = await lendDatabase()
    try {
      const client = new ByteClient({ connectionString: lent.url, types: rowTypes })
      const said: (string | undefined)[] = []
      client.on('notice', ({ message }) => said.push(message))
      await client.connect()
      await client.query(`CREATE FUNCTION pg_temp.said(text) RETURNS text LANGUAGE plpgsql AS
        $$ BEGIN RAISE WARNING '%', $1; RETURN $1; END $$`)
      const { rows } = await client.query<{ documents: Buffer }>(
        `SELECT pg_temp.said(letter) AS documents FROM unnest('{a,b,c}'::text[]) letter`,
      )
      await client.end()
      assert.deepEqual(
        rows.map(({ documents }) => documents.toString()),
        ['a},b},c}'],
      )
      assert.deepEqual(said, ['a', 'b', 'c'])
    } finally {
      await lent.drop()
    }
  })

  it('gives bytes that are nobody else’s memory', async () => {
    const lent = await lendDatabase()
    try {
      const client = new ByteClient({ connectionString: lent.url, types: rowTypes })
      await client.connect()
      const ask = async (letter: string) =>
        (await client.query<{ documents: Buffer }>(`SELECT repeat('${letter}', 50000) AS documents`)).rows[0]?.documents
      const [first, second] = [await ask('a'), await ask('b')]
      assert.equal(first?.toString(), `${'a'.repeat(50_000)}}`)
      assert.equal(second?.toString(), `${'b'.repeat(50_000)}}`)
      assert.equal(first.buffer.byteLength, first.byteLength)
      await client.end()
    } finally {
      await lent.drop()
    }
  })
})
