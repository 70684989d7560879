import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { csvRows } from '../../src/cli/import/csv-rows.ts'
import { jsonRows } from '../../src/cli/import/json-rows.ts'
import { mappingOf } from '../../src/cli/import/mapping.ts'
import type { BatchOperation, View } from '../../src/core/directory.ts'
import { DOCUMENT_FIELDS } from '../../src/core/document.ts'
import { operator } from '../../src/core/principal.ts'
import { STATUSES, USER_TYPES, type Json, type UserDraft } from '../../src/core/user.ts'
import { createDirectory } from '../../src/core/view.ts'
import { customerIds } from '../../src/dialects/rollcall/import/customer-ids.ts'
import { rowDraft } from '../../src/dialects/rollcall/import/user-draft.ts'
import { exportOf } from '../../src/dialects/rollcall/export.ts'
import { openStore } from '../../src/storage/index.ts'
import { runs } from '../arbitrary/runs.ts'
import { storableText } from '../arbitrary/text.ts'
import { entryName, instant } from '../arbitrary/user.ts'

const hostile: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: storableText },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '', ' ', '\t', '\r', '\n', '\r\n', '"', '""', '" "', '"a"', '\'=1', '=1+1', '+1', '-1', '@x', '[', '["a"]', '{}', ';', ',', 'a;b',
      'null', 'NULL', '\ufeff', '\u00a0', ' a', 'a ', 'a"b', '"a', 'a"', 'a\rb', 'a\r\nb', 'true', '0', 'ignored',
    ), // prettier-ignore
  },
)
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 })
const word = hostile.map((text) => (text === '' ? 'a' : text))
const texts = fc.array(word, { maxLength: 3 })
const entries = <T>(value: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(entryName, value), { maxLength: 3, selector: ([name]) => name.normalize('NFC') })
    .map(Object.fromEntries<T>)
const json: fc.Arbitrary<Json> = fc.oneof(
  hostile,
  fc.boolean(),
  fc.constantFrom(0, -1, 0.5, null),
  fc.array(hostile, { maxLength: 2 }),
)

/** A user whom every rule of the core lets in, with everything a directory otherwise keeps. */
function draft(text: fc.Arbitrary<string>): fc.Arbitrary<UserDraft> {
  return fc.record({
    id: fc.uuid(),
    customerId: fc.constantFrom(1, 2),
    givenName: orNull(text),
    familyName: orNull(text),
    fullName: text.map((name) => (name === '' ? 'a' : name)),
    displayName: orNull(text),
    phones: texts,
    language: fc.constantFrom(null, 'de', 'pt-BR'),
    country: orNull(text),
    timeZone: fc.constantFrom(null, 'Europe/Paris', 'Etc/GMT+1'),
    description: orNull(text),
    userType: fc.constantFrom(...USER_TYPES),
    role: orNull(text),
    permissions: texts,
    group: orNull(text),
    status: fc.constantFrom(...STATUSES),
    statusReason: orNull(text),
    message: orNull(text),
    tags: entries(hostile),
    deviceId: orNull(text),
    adminDevices: orNull(fc.nat({ max: 2 ** 31 })),
    validFrom: orNull(instant),
    expiresAt: orNull(instant),
    lastLoginAt: orNull(instant),
    picture: orNull(
      fc.record({ id: hostile, displayId: orNull(hostile), name: hostile, mediaType: hostile, sizeBytes: fc.nat() }),
    ),
    primaryIdentity: orNull(fc.uuid()),
    externalId: orNull(text.map((id) => (id === '' ? 'a' : id))),
    attributes: entries(json),
    createdAt: instant,
    createdBy: orNull(fc.uuid()),
    updatedAt: instant,
    updatedBy: orNull(fc.uuid()),
  })
}

// Two live users may not share an identifier or an e-mail.
const drafts = (text: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.uniqueArray(draft(text), { minLength: 1, maxLength: 8, selector: ({ id }) => id }),
      fc.array(text, { minLength: 8, maxLength: 8 }),
    )
    .map(([users, names]) =>
      users.map((user, index): UserDraft => ({
        ...user,
        number: 10 + 3 * index,
        identifier: `${names[index] ?? ''}~${index}`,
        email: index % 2 === 0 ? `u${index}@example.com` : null,
      })),
    )

const EXPORTED = DOCUMENT_FIELDS.filter((field) => field !== 'revision').join(',')

async function withView<T>(work: (view: View) => Promise<T>): Promise<T> {
  const store = await openStore('sqlite::memory:')
  try {
    const view = createDirectory({ store, now: () => 1, randomBytes, cursorKey: randomBytes(32) }).as(operator(1))
    await view.createCustomer({ id: 1, code: 'root' })
    await view.createCustomer({ id: 2, code: 'second', parentId: 1 })
    return await work(view)
  } finally {
    await store.close()
  }
}

async function exported(view: View, format: 'csv' | 'jsonl'): Promise<string> {
  const query = { format, formulas: 'keep', includeDeleted: 'true', fields: EXPORTED }
  let text = ''
  for await (const piece of await exportOf(view, Object.entries(query))) text += piece
  return text
}

async function imported(view: View, text: string, format: 'csv' | 'jsonl'): Promise<void> {
  const nothing = (async function* (): AsyncGenerator<string> {})()
  const rows = await (format === 'csv' ? csvRows : jsonRows)(text, nothing)
  const mapping = mappingOf(rows.names)
  assert.equal(mapping.source.name, 'rollcall')
  const customer = customerIds((await view.customers()).within())
  const rules = { kind: rows.kind, mapping, match: 'identifier', customer, otherwiseCustomerId: undefined } as const
  const operations: BatchOperation[] = []
  for await (const row of rows.rows) {
    const read = rowDraft(row, rules)
    assert.ok('draft' in read, JSON.stringify(read))
    operations.push({ op: 'upsert', match: 'identifier', user: read.draft })
  }
  const outcomes = await view.batch(operations, false)
  for (const one of outcomes) assert.equal(one.outcome, 'created', one.outcome === 'refused' ? String(one.error) : '')
}

async function assertRoundTrip(users: readonly UserDraft[], format: 'csv' | 'jsonl'): Promise<void> {
  const text = await withView(async (view) => {
    const made = await view.batch(
      users.map((user) => ({ op: 'create', user })),
      false,
    )
    assert.ok(made.every(({ outcome }) => outcome === 'created'))
    return exported(view, format)
  })
  const again = await withView(async (view) => {
    await imported(view, text, format)
    return exported(view, format)
  })
  assert.equal(again, text)
}

describe('what an export wrote', () => {
  it('is read back by an import as the same users, from CSV with its formulas kept', () =>
    fc.assert(
      fc.asyncProperty(drafts(hostile), (users) => assertRoundTrip(users, 'csv')),
      runs(60),
    ))

  // A JSON text that is blank says nothing, and words are trimmed: whoever writes such a file by hand means no more.
  const trimmed = hostile.map((text) => text.trim() || 'a')
  it('is read back by an import as the same users, from JSON Lines', () =>
    fc.assert(
      fc.asyncProperty(drafts(trimmed), (users) => assertRoundTrip(users, 'jsonl')),
      runs(60),
    ))
})
