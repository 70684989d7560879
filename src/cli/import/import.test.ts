import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { MatchField } from '../../core/directory.ts'
import { LIVE } from '../../core/filter.ts'
import { openDirectory } from '../folder/opened-directory.ts'
import { folderPlace } from '../folder/place.ts'
import { mappingOf, type MappingChoice } from './mapping.ts'
import { openDirectoryTarget, openRehearsalTarget } from './directory-target.ts'
import { openRefusals } from './refusals.ts'
import { openRows } from './rows.ts'
import { importRows } from './run.ts'

const root = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
after(() => rmSync(root, { recursive: true }))

let folders = 0
const newFolder = () => mkdtempSync(join(root, `${folders++}-`))

interface Options extends MappingChoice {
  readonly match?: MatchField
  readonly rehearse?: boolean
  readonly signal?: AbortSignal
}

async function importInto(data: string, file: string, options: Options = {}) {
  const { match = 'identifier', rehearse = false, signal = new AbortController().signal } = options
  const rows = await openRows(file)
  const mapping = mappingOf(rows.names, options)
  const target = await (rehearse ? openRehearsalTarget : openDirectoryTarget)(folderPlace(data), match)
  const refusals = openRefusals(file, rows)
  const rules = { kind: rows.kind, mapping, match, customer: target.customer, otherwiseCustomerId: undefined }
  const counts = await importRows({ rows, rules, target, refusals, progress: () => undefined, signal })
  await target.close()
  return { ...counts, file: await refusals.close() }
}

async function usersOf(data: string) {
  const { view, close } = await openDirectory(folderPlace(data), 'test')
  const { users } = await view.users({ filter: LIVE, page: { offset: 0, limit: 1000 } })
  await close()
  return users.filter(({ identifier }) => identifier !== 'admin')
}

function written(content: string, name = 'users.csv'): string {
  const file = join(newFolder(), name)
  writeFileSync(file, content)
  return file
}

const counts = (created: number, updated: number, unchanged: number, refused: number) => ({
  rows: created + updated + unchanged + refused,
  created,
  updated,
  unchanged,
  refused,
})

describe('an import', () => {
  it('makes no doubles when it runs again, and updates what has changed', async () => {
    const data = newFolder()
    const file = written('identifier,email,givenName\na,a@x.example,Ann\nb,b@x.example,Bob\n')
    assert.deepEqual(await importInto(data, file), { ...counts(2, 0, 0, 0), file: null })
    assert.deepEqual(await importInto(data, file), { ...counts(0, 0, 2, 0), file: null })
    writeFileSync(file, 'identifier,email,givenName\nA,a@x.example,Anna\nb,b@x.example,Bob\nc,c@x.example,Cy\n')
    assert.deepEqual(await importInto(data, file), { ...counts(1, 1, 1, 0), file: null })
    assert.deepEqual(
      (await usersOf(data)).map(({ identifier, givenName }) => [identifier, givenName]),
      [
        ['A', 'Anna'],
        ['b', 'Bob'],
        ['c', 'Cy'],
      ],
    )
  })

  it('knows users by e-mail or external id where it is told to', async () => {
    const data = newFolder()
    await importInto(data, written('identifier,email,externalId\na,a@x.example,e1\n'))
    const byEmail = await importInto(data, written('email,givenName\nA@X.example,Ann\n'), { match: 'email' })
    assert.deepEqual(byEmail, { ...counts(0, 1, 0, 0), file: null })
    const byId = await importInto(data, written('externalId,familyName\ne1,Archer\n'), { match: 'externalId' })
    assert.deepEqual(byId, { ...counts(0, 1, 0, 0), file: null })
    assert.deepEqual(
      (await usersOf(data)).map(({ fullName }) => fullName),
      ['Ann Archer'],
    )
  })

  it('puts refused rows into a file that can be mended and imported', async () => {
    const data = newFolder()
    const file = written(
      'identifier;email;status;createdAt;note\nok;ok@x.example;active;2024-01-01;\n' +
        'bad-status;s@x.example;gone;;"a ""quoted""; note"\nbad-mail;not an address;active;;"two\nlines"\n' +
        'twin;OK@x.example;active;;\ntoo;many;cells;here;a;b\nfew\n',
    )
    const first = await importInto(data, file)
    assert.deepEqual(first, { ...counts(1, 0, 0, 5), file: `${file}.refused.csv` })
    const refused = readFileSync(`${file}.refused.csv`, 'utf8')
    assert.deepEqual(refused.split('\r\n').slice(0, 4), [
      'rollcall_line;rollcall_reason;identifier;email;status;createdAt;note',
      '3;"status must be one of active, onboarding, inactive, suspended, risky, locked, deleted, not ""gone"".";bad-status;s@x.example;gone;;"a ""quoted""; note"',
      '4;email must be an e-mail address.;bad-mail;not an address;active;;"two\nlines"',
      '6;This e-mail address is in use.;twin;OK@x.example;active;;',
    ])
    const mended = refused
      .replace(';gone;', ';locked;')
      .replace('not an address', 'm@x.example')
      .replace('OK@x', 'twin@x')
      .replace('too;many;cells;here;a;b', 'too;t@x.example;active;;a')
      .replace(/;few\r\n/, ';few;;;;\r\n')
    const again = written(mended, 'mended.csv')
    assert.deepEqual(await importInto(data, again), { ...counts(5, 0, 0, 0), file: null })
    assert.equal((await usersOf(data)).length, 6)
  })

  it('keeps rows it cannot take apart as they are, however often they come back', async () => {
    const data = newFolder()
    const first = await importInto(data, written('identifier,email\na,b,c\n'))
    const second = await importInto(data, first.file ?? '')
    const [header, row] = readFileSync(second.file ?? '', 'utf8').split('\r\n')
    assert.equal(header, 'rollcall_line,rollcall_reason,identifier,email')
    assert.match(row ?? '', /^2,"The row has 5 cells, and the header 4; is a delimiter not quoted\?",a,b,c$/)
  })

  it('keeps refused JSON as it was, with line and reason', async () => {
    const data = newFolder()
    const file = written('{"identifier":"a","tags":{"x":"1"},"status":"gone"}\n{"identifier":\n', 'users.jsonl')
    const { refused, file: where } = await importInto(data, file)
    assert.equal(refused, 2)
    const lines = readFileSync(where ?? '', 'utf8')
      .trim()
      .split('\n')
    const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    assert.deepEqual([first?.['identifier'], first?.['tags'], first?.['rollcall_line']], ['a', { x: '1' }, 1])
    assert.deepEqual([second?.['rollcall_text'], second?.['rollcall_line']], ['{"identifier":', 2])
    const again = written(`${lines[0]?.replace('gone', 'active') ?? ''}\n`, 'mended.jsonl')
    assert.equal((await importInto(data, again)).created, 1)
  })

  it('writes nothing when it only tries, and tells what would have become of each row', async () => {
    const data = newFolder()
    await importInto(data, written('identifier,email\nold,old@x.example\n'))
    const file = written(
      'identifier,email,givenName\nold,old@x.example,Olga\nnew,new@x.example,Ned\nNEW,new@x.example,Nick\nthief,old@x.example,Tom\n',
    )
    const tried = await importInto(data, file, { rehearse: true })
    assert.deepEqual(
      (await usersOf(data)).map(({ fullName }) => fullName),
      ['old'],
    )
    assert.deepEqual(tried, { ...counts(1, 2, 0, 1), file: `${file}.refused.csv` })
    assert.deepEqual(await importInto(data, file), tried)
  })

  it('does not even make the data folder when it only tries', async () => {
    const data = join(root, 'never-made')
    assert.equal((await importInto(data, written('identifier\na\n'), { rehearse: true })).created, 1)
    assert.throws(() => readFileSync(join(data, 'rollcall.db')))
  })

  it('makes no doubles of deleted users either', async () => {
    const data = newFolder()
    const file = written('identifier,status\ngone,deleted\n')
    assert.deepEqual(await importInto(data, file), { ...counts(1, 0, 0, 0), file: null })
    assert.deepEqual(await importInto(data, file), { ...counts(0, 0, 1, 0), file: null })
  })

  it('brings every kind of sample file without refusing a row, twice', async () => {
    const data = newFolder()
    const samples = new URL('../../../test/import/', import.meta.url).pathname
    for (const name of [
      'alvys.json',
      'core.csv',
      'd3lay.csv',
      'devrev.jsonl',
      'entra.csv',
      'google.csv',
      'okta.csv',
      'plaspy.jsonl',
    ]) {
      const copy = written(readFileSync(join(samples, name), 'utf8'), name)
      const first = await importInto(data, copy)
      assert.deepEqual([first.refused, first.created], [0, first.rows], name)
      assert.deepEqual(await importInto(data, copy), { ...counts(0, 0, first.rows, 0), file: null }, name)
    }
  })

  it('names customers by id or by code, and refuses rows of others', async () => {
    const data = newFolder()
    const { view, close } = await openDirectory(folderPlace(data), 'test')
    await view.createCustomer({ id: 1, code: 'root', name: 'Root' })
    await view.createCustomer({ id: 7, code: 'Acme', name: 'Acme', parentId: 1 })
    await close()
    const file = written('identifier,customer\na,7\nb,ACME\nc,nobody\nd,\n')
    const { created, refused, file: where } = await importInto(data, file)
    assert.deepEqual([created, refused], [3, 1])
    assert.match(
      readFileSync(where ?? '', 'utf8'),
      /4,"customer names no customer: ""nobody"" is neither an id nor a code\."/,
    )
    assert.deepEqual(
      (await usersOf(data)).map(({ customerId }) => customerId),
      [7, 7, 1],
    )
  })

  it('makes users in the order of the file, and updates in one batch whom the batch before has made', async () => {
    const row = (n: number, name: string) => `user${n},${name}\n`
    const rows = Array.from({ length: 2500 }, (_, n) => row(n % 2200, `Name ${n}`))
    const data = newFolder()
    const { rows: all, ...told } = await importInto(data, written(`identifier,familyName\n${rows.join('')}`))
    assert.deepEqual([all, told], [2500, { created: 2200, updated: 300, unchanged: 0, refused: 0, file: null }])
    const users = await usersOf(data)
    const names = Array.from({ length: users.length }, (_, n) => [`user${n}`, `Name ${n < 300 ? n + 2200 : n}`])
    assert.deepEqual(users.map(({ identifier, familyName }) => [identifier, familyName]), names) // prettier-ignore
  })

  it('ends between two batches when it is told to, and goes on from there the next time', async () => {
    const data = newFolder()
    const file = written(`identifier\n${Array.from({ length: 1200 }, (_, index) => `u${index}`).join('\n')}\n`)
    const stopped = await importInto(data, file, { signal: AbortSignal.abort() })
    assert.ok(stopped.rows < 1200)
    const rest = await importInto(data, file)
    assert.equal(rest.created + stopped.created, 1200)
    assert.equal(rest.unchanged, stopped.created)
  })
})

describe('a file that is no text of users', () => {
  const refusals: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['an empty one', '', /is empty/],
    ['one that is not UTF-8', Uint8Array.of(0x61, 0xe9, 0x62), /not text in UTF-8/],
    ['a packed one', Uint8Array.of(0x1f, 0x8b, 8, 0), /packed with gzip/],
    ['a workbook', Uint8Array.of(0x50, 0x4b, 3, 4), /export it as CSV/],
  ]
  for (const [what, content, sentence] of refusals) {
    it(`is refused: ${what}`, async () => {
      const file = join(newFolder(), 'users.csv')
      writeFileSync(file, content)
      await assert.rejects(openRows(file), sentence)
    })
  }

  it('is refused: a missing one, and a folder', async () => {
    await assert.rejects(openRows(join(root, 'nowhere.csv')), /there is no such file/)
    await assert.rejects(openRows(root), /is a folder/)
  })

  it('is read in UTF-16 where a byte order mark says so', async () => {
    const file = join(newFolder(), 'users.csv')
    writeFileSync(file, Buffer.from('\uFEFFidentifier\temail\nü\tu@x.example\n', 'utf16le'))
    const opened = await openRows(file)
    assert.deepEqual([opened.names, opened.delimiter], [['identifier', 'email'], '\t'])
  })
})
