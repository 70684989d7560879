import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { csvRows } from './csv-rows.ts'
import { ROW_LENGTH_MAX, type Row } from './row.ts'

async function read(text: string, chunkLength = text.length) {
  const characters = Array.from(text)
  const chunks: string[] = []
  // A decoder never cuts a character in two.
  for (let at = 0; at < characters.length; at += chunkLength)
    chunks.push(characters.slice(at, at + chunkLength).join(''))
  const opened = await csvRows(chunks[0] ?? '', Readable.from(chunks.slice(1)))
  const rows: Row[] = []
  for await (const row of opened.rows) rows.push(row)
  return { ...opened, rows }
}

const cells = (row: Row | undefined) => Object.fromEntries(row?.cells ?? [])

describe('CSV', () => {
  for (const [name, delimiter] of Object.entries({ comma: ',', semicolon: ';', tab: '\t', bar: '|' })) {
    it(`is read with a ${name} between cells`, async () => {
      const { rows } = await read(`"a,;b"${delimiter}c\n1${delimiter}2\n`)
      assert.deepEqual(cells(rows[0]), { 'a,;b': '1', c: '2' })
    })
  }

  it('is the same in whatever pieces it comes', async () => {
    const text = 'a,b\r\n"x\r\ny","q""q"\r\n\r\n3,ü😀\r\n'
    const whole = (await read(text)).rows
    assert.deepEqual(whole.map(cells), [
      { a: 'x\r\ny', b: 'q"q' },
      { a: '3', b: 'ü😀' },
    ])
    assert.deepEqual(
      whole.map(({ line }) => line),
      [2, 5],
    )
    for (const length of [1, 2, 3, 5]) assert.deepEqual((await read(text, length)).rows, whole)
  })

  it('knows the line a row begins on, past line breaks in cells and empty lines', async () => {
    const { rows } = await read('a,b\n1,"two\nlines"\n\n\n2,x\n"3\n\n\n",y\n4,z')
    assert.deepEqual(
      rows.map(({ line }) => line),
      [2, 6, 7, 11],
    )
  })

  it('refuses a row with too many or too few cells, and goes on', async () => {
    const { rows } = await read('a,b\n1\n1,2,3\n1,2\n')
    assert.deepEqual(
      rows.map(({ fault }) => fault?.slice(0, 20)),
      ['The row has 1 cells,', 'The row has 3 cells,', undefined],
    )
  })

  it('takes a quote in the middle of a cell as it stands', async () => {
    assert.deepEqual(cells((await read('a,b\nJack "The" Cat,"x"y\n')).rows[0]), { a: 'Jack "The" Cat', b: '"x"y' })
  })

  it('says where a quote opens that is never closed, and keeps what came before', async () => {
    const { rows } = await read('a,b\n1,2\n3,"open\n5,6\n')
    const [, damaged, ...more] = rows
    assert.deepEqual([damaged?.line, more], [3, []])
    assert.match(damaged?.fault ?? '', /never closed/)
  })

  it('says where a row is too long', async () => {
    const { rows } = await read(`a,b\n1,2\n3,"${'x\n'.repeat(ROW_LENGTH_MAX)}`, 65_536)
    assert.equal(rows.length, 2)
    assert.match(rows[1]?.fault ?? '', /longer than 1048576 bytes/)
  })

  it('refuses a header that names a column twice or has far too many', async () => {
    await assert.rejects(read('a,b,a\n1,2,3\n'), /"a" twice/)
    await assert.rejects(
      read(`${Array.from({ length: 1001 }, (_, index) => `c${index}`).join(',')}\n1`),
      /at most 1000/,
    )
  })
})
