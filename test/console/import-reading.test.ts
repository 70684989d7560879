import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { csvRows } from '../../console/src/pages/import/reading/csv-rows.ts'
import { encodingOf, textOf } from '../../console/src/pages/import/reading/file-text.ts'
import { jsonRows } from '../../console/src/pages/import/reading/json-rows.ts'
import { openRefusedRows } from '../../console/src/pages/import/refused-rows.ts'
import { firstRows, openSource } from '../../console/src/pages/import/reading/source.ts'
import { ROW_LENGTH_MAX, type SourceRow } from '../../console/src/pages/import/reading/source-row.ts'
import { csvLine } from '../../console/src/work/csv-line.ts'

/** A text in pieces of so many characters. */
async function* pieces(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield await Promise.resolve(text.slice(at, at + length))
}

async function all(rows: AsyncIterable<SourceRow>): Promise<readonly SourceRow[]> {
  const read: SourceRow[] = []
  for await (const row of rows) read.push(row)
  return read
}

async function read(text: string, length = 7) {
  const { columns, delimiter, rows } = await csvRows(pieces(text, length))
  return { columns, delimiter, rows: await all(rows) }
}

const brief = ({ line, original, fault }: SourceRow) => (fault === undefined ? [line, original] : [line, fault])

describe('CSV in the browser', () => {
  it('gives back every cell that was written, wherever the pieces end', async () => {
    const cell = fc.stringMatching(/^[a-z;,\t| "\r\n=é]{0,6}$/)
    const table = fc
      .tuple(fc.integer({ min: 2, max: 4 }), fc.constantFrom(',', ';', '\t', '|'))
      .chain(([width, delimiter]) =>
        fc.tuple(
          fc.constant(delimiter),
          fc.array(
            fc
              .array(cell, { minLength: width, maxLength: width })
              .filter((cells) => cells.some((one) => one.trim() !== '')),
            { maxLength: 5 },
          ),
          fc.constant(Array.from({ length: width }, (_, index) => `c${index}`)),
        ),
      )
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async ([delimiter, cells, header], length) => {
        const text = [header, ...cells].map((line) => csvLine(line, delimiter)).join('')
        const result = await read(text, length)
        assert.deepEqual(
          result.rows.map(({ original }) => original),
          cells,
        )
        assert.deepEqual([result.columns, result.delimiter], [header, delimiter])
      }),
      { numRuns: 300 },
    )
  })

  it('says on which line each row begins, whatever its line breaks are', async () => {
    const text = 'a,b\r\n1,"x\r\ny\nz"\n2,"p\rq"\r\n\r\n   \n,\n3,c\r4,d'
    for (let length = 1; length < text.length; length++) {
      const { rows } = await read(text, length)
      assert.deepEqual(rows.map(brief), [
        [2, ['1', 'x\r\ny\nz']],
        [5, ['2', 'p\rq']],
        [10, ['3', 'c']],
        [11, ['4', 'd']],
      ])
    }
  })

  it('takes a quote in the middle of a cell for a quote, and what follows a quoted cell for more of it', async () => {
    const { rows } = await read('a,b\n5" pipe,"x" y\n"""q""",""\n')
    assert.deepEqual(rows.map(brief), [
      [2, ['5" pipe', 'x y']],
      [3, ['"q"', '']],
    ])
  })

  it('finds fault with a row of more or fewer cells, and goes on', async () => {
    const { rows } = await read('a,b\n1\n1,2,3\n1,2')
    assert.deepEqual(rows.map(brief), [
      [2, 'The row has 1 cells, and the header 2; is a delimiter not quoted?'],
      [3, 'The row has 3 cells, and the header 2; is a delimiter not quoted?'],
      [4, ['1', '2']],
    ])
  })

  it('stops at a quote that is never closed, and at a row without end', async () => {
    const { rows } = await read('a,b\n1,2\n3,"4\n5,6\n')
    assert.deepEqual(rows.map(brief), [
      [2, ['1', '2']],
      [3, 'A quote that opens here is never closed; nothing after it was read.'],
    ])
    const endless = await read(`a,b\n1,"${'x\n'.repeat(ROW_LENGTH_MAX)}`, 100_000)
    assert.match(endless.rows[0]?.fault ?? '', /^The row is longer than 1048576 characters/)
    await assert.rejects(read('x'.repeat(2 * ROW_LENGTH_MAX), 100_000), /The first line is longer/)
  })

  it('refuses a header that cannot be one', async () => {
    await assert.rejects(read('a,b, a \n'), /names the column "a" twice/)
    await assert.rejects(read(' \n\n'), /The file is empty/)
    await assert.rejects(read('"a,b\n1,2'), /Line 1: A quote that opens here/)
    assert.deepEqual((await read('a,,\n1,2,3')).columns, ['a', 'column 2', 'column 3'])
    assert.equal((await read('\ta\tb,c\n1\t2\t3')).delimiter, '\t')
  })
})

describe('JSON in the browser', () => {
  const readJson = async (text: string, length = 5) => {
    const { columns, rows } = await jsonRows(pieces(text, length))
    return { columns, rows: await all(rows) }
  }

  it('reads a line at a time, and tells lines that are no objects', async () => {
    const { columns, rows } = await readJson('\n{"a":1,"b":{"c":"x"}}\r\n\n[1]\n{"a":\n{"d":null}')
    assert.deepEqual(columns, ['a', 'b', 'b.c', 'd'])
    assert.deepEqual(
      rows.map(({ line, values, fault }) => [line, fault ?? values]),
      [
        [2, { a: 1, b: { c: 'x' } }],
        [4, 'The line is not a JSON object.'],
        [5, 'The line is not well-formed JSON.'],
        [6, { d: null }],
      ],
    )
  })

  it('reads one list of objects the same', async () => {
    const { rows } = await readJson('[ {"a":"],{\\""},\n\n {"a":[1,{"b":2}]} ,{"a":3}]\n')
    assert.deepEqual(
      rows.map(({ line, values }) => [line, values]),
      [
        [1, { a: '],{"' }],
        [3, { a: [1, { b: 2 }] }],
        [3, { a: 3 }],
      ],
    )
    await assert.rejects(readJson('[{"a":1},'), /does not end/)
    await assert.rejects(readJson('[{"a":1}] x'), /something beside the list/)
  })

  it('refuses what has no objects', async () => {
    await assert.rejects(readJson(' \n'), /The file is empty/)
    await assert.rejects(readJson('{\n}'), /has no JSON objects/)
  })
})

describe('a file in the browser', () => {
  const utf16 = (text: string, littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(text.length * 2 + 2))
    for (const [index, code] of [0xfeff, ...Array.from(text, (char) => char.charCodeAt(0))].entries())
      view.setUint16(index * 2, code, littleEndian)
    return new Blob([view])
  }
  const rowsOf = async (file: Blob, encoding?: 'windows-1252') => {
    const source = await openSource(file, encoding)
    return { ...source.encoding, format: source.format, rows: (await all(source.rows)).map(({ original }) => original) }
  }

  it('is read by its byte order mark, which is none of its text', async () => {
    const text = 'a;b\né;ß\n'
    const expected = { by: 'mark', format: 'csv', rows: [['é', 'ß']] }
    assert.deepEqual(await rowsOf(new Blob(['\ufeff', text])), { encoding: 'utf-8', ...expected })
    assert.deepEqual(await rowsOf(utf16(text, true)), { encoding: 'utf-16le', ...expected })
    assert.deepEqual(await rowsOf(utf16(text, false)), { encoding: 'utf-16be', ...expected })
    const { columns } = await openSource(new Blob(['\ufeffa;b\n']))
    assert.deepEqual(columns, ['a', 'b'])
  })

  it('is taken for windows-1252 where it is not UTF-8, and says that this is a guess', async () => {
    const file = new Blob(['a;b\nM', new Uint8Array([0xfc]), 'ller;x\n'])
    assert.deepEqual(await rowsOf(file), {
      encoding: 'windows-1252',
      by: 'guess',
      format: 'csv',
      rows: [['Müller', 'x']],
    })
  })

  it('keeps every character whole, wherever its pieces end', async () => {
    const cells = Array.from({ length: 3000 }, (_, index) => 'é😀'.repeat(40 + (index % 7)))
    const file = new Blob([`a,b\n${cells.map((cell) => `${cell},x\n`).join('')}`])
    const { rows } = await rowsOf(file)
    assert.deepEqual(
      rows,
      cells.map((cell) => [cell, 'x']),
    )
  })

  it('can be read otherwise than it looks', async () => {
    const file = new Blob(['a,b\né,x'])
    assert.deepEqual((await rowsOf(file, 'windows-1252')).rows, [['Ã©', 'x']])
  })

  it('says where it stops to be what it looked like, and does not read on', async () => {
    const good = `a,b\n${'1,2\n'.repeat(400_000)}`
    const file = new Blob([good, new Uint8Array([0xff])])
    assert.equal((await encodingOf(file)).encoding, 'utf-8')
    const source = await openSource(file)
    await assert.rejects(all(source.rows), /The file is not UTF-8 beyond byte \d+/)
  })

  it('is refused where it is packed or no text', async () => {
    await assert.rejects(openSource(new Blob([new Uint8Array([0x50, 0x4b, 3, 4, 0])])), /xlsx/)
    await assert.rejects(openSource(new Blob([new Uint8Array([0x1f, 0x8b, 8])])), /gzip/)
    await assert.rejects(openSource(new Blob(['a\0b'])), /no text/)
  })

  it('is read only as far as it is asked for', async () => {
    let bytes = 0
    const file = new Blob([`a,b\n${'1,2\n'.repeat(500_000)}`])
    const text = textOf(file, 'utf-8', (count) => (bytes += count))
    await text.next()
    await text.return(undefined)
    assert.ok(bytes > 0 && bytes < file.size / 2)
    const source = await openSource(file)
    assert.equal((await firstRows(source, 20)).length, 20)
    assert.ok(source.read() < file.size / 2)
  })
})

describe('the file of refused rows', () => {
  it('has the columns of the file behind line and reason, and can be fed again and again', async () => {
    const csv = { format: 'csv', columns: ['name', 'note'], delimiter: ';' } as const
    const refused = openRefusedRows(csv)
    refused.add({ line: 2, values: [], original: ['Ada', 'x;"y"\n'] }, 'No; not so')
    refused.add({ line: 4, values: [], original: ['lone'] }, 'The row has 1 cells')
    const text = await refused.file().text()
    assert.equal(
      text,
      'rollcall_line;rollcall_reason;name;note\r\n2;"No; not so";Ada;"x;""y""\n"\r\n4;The row has 1 cells;lone\r\n',
    )
    const { columns, rows } = await read(text)
    const again = openRefusedRows({ ...csv, columns })
    for (const row of rows.filter(({ fault }) => fault === undefined)) again.add(row, 'Still not')
    assert.equal(
      await again.file().text(),
      'rollcall_line;rollcall_reason;name;note\r\n2;Still not;Ada;"x;""y""\n"\r\n',
    )
  })

  it('has line and reason among the members of JSON', async () => {
    const refused = openRefusedRows({ format: 'jsonl', columns: ['a'], delimiter: '' })
    refused.add({ line: 1, values: {}, original: '{"a":1}' }, 'No')
    refused.add({ line: 2, values: {}, original: '{"a":' }, 'Broken')
    assert.equal(
      await refused.file().text(),
      '{"a":1,"rollcall_line":1,"rollcall_reason":"No"}\n{"rollcall_text":"{\\"a\\":","rollcall_line":2,"rollcall_reason":"Broken"}\n',
    )
  })

  it('keeps any number of them in order', async () => {
    const refused = openRefusedRows({ format: 'csv', columns: ['a', 'b'], delimiter: ',' })
    for (let line = 2; line < 5002; line++) refused.add({ line, values: [], original: ['x', String(line)] }, 'No')
    const { rows } = await read(await refused.file().text(), 1000)
    assert.deepEqual(
      rows.map(({ original }) => original[3]),
      Array.from({ length: 5000 }, (_, index) => String(index + 2)),
    )
  })
})
