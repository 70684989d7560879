import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { jsonRows } from './json-rows.ts'
import { ROW_LENGTH_MAX, type Row } from './row.ts'

async function read(text: string, chunkLength = text.length) {
  const chunks: string[] = []
  for (let at = 0; at < text.length; at += chunkLength) chunks.push(text.slice(at, at + chunkLength))
  const opened = await jsonRows(chunks[0] ?? '', Readable.from(chunks.slice(1)))
  const rows: Row[] = []
  for await (const row of opened.rows) rows.push(row)
  return { ...opened, rows }
}

const cells = (row: Row) => Object.fromEntries(row.cells)

describe('JSON Lines', () => {
  it('are rows with the lines they stand on, empty ones aside', async () => {
    const { rows, names } = await read('{"a":1}\n\n  {"b":{"c":[2]}}\r\n')
    assert.deepEqual(
      rows.map(({ line }) => line),
      [1, 3],
    )
    assert.deepEqual(rows.map(cells), [{ a: 1 }, { b: { c: [2] } }])
    assert.deepEqual(names, ['a', 'b', 'b.c'])
  })

  it('are refused line by line where they are no JSON objects', async () => {
    const { rows } = await read('{"a":1}\n{"a":\n[1]\n"x"\n{"a":2}\n')
    assert.deepEqual(
      rows.map(({ fault }) => fault),
      [
        undefined,
        'The line is not well-formed JSON.',
        ...Array<string>(2).fill('The line is not a JSON object.'),
        undefined,
      ],
    )
  })

  it('are refused where they are nested deeper than anything could be written out again', async () => {
    const { rows } = await read(
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n{"a":${'['.repeat(63)}${']'.repeat(63)}}\n`,
    )
    assert.deepEqual(
      rows.map(({ fault }) => fault),
      ['The object is nested more than 64 levels deep.', undefined],
    )
  })

  it('are refused as a whole where a line has no end in sight', async () => {
    await assert.rejects(read(`{"a":1}\n{"a":"${'x'.repeat(2 * ROW_LENGTH_MAX)}`, 65_536), /Line 2 is longer/)
  })
})

describe('a JSON list', () => {
  it('is read item by item, however it is laid out and cut', async () => {
    const objects = fc.array(
      fc.dictionary(fc.string(), fc.jsonValue({ depthSize: 'small' }), { noNullPrototype: true }),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    await fc.assert(
      fc.asyncProperty(
        objects,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 2),
        async (list, length, indent) => {
          // A list without any member has no columns to go by.
          fc.pre(list.some((one) => Object.keys(one).length > 0))
          const text = JSON.stringify(list, null, indent)
          const { rows } = await read(text, length)
          assert.deepEqual(
            rows.map(({ original }) => JSON.parse(String(original)) as unknown),
            // Not the list itself: JSON has no negative zero.
            JSON.parse(text),
          )
        },
      ),
      { numRuns: 200 },
    )
  })

  it('knows the line an item begins on', async () => {
    const { rows } = await read('[\n  {"a":1},\n\n  {\n    "a":2\n  }\n]\n')
    assert.deepEqual(
      rows.map(({ line }) => line),
      [2, 4],
    )
  })

  it('is refused where it does not end, or something follows', async () => {
    await assert.rejects(read('[{"a":1},{"a":2}'), /does not end/)
    await assert.rejects(read('[{"a":1}] x'), /beside the list/)
  })
})
