import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { all, any, equal, LIVE, not, wildcard, type Filter } from '../../core/filter.ts'
import type { Page, Query } from '../../core/query.ts'
import { parseSearch } from '../../core/search.ts'
import type { SortField, SortKey } from '../../core/sort.ts'
import { newCustomer, newUser, NOON, sampleId } from '../../../test/model/sample.ts'
import { lendDatabase, type LentDatabase } from '../../../test/postgres/stores.ts'
import { COLUMNS } from '../sql/columns.ts'
import type { Statement } from './connection.ts'
import { openDatabase, type Asking, type Database } from './database.ts'
import { listReader } from './lists.ts'
import { openPostgres } from './open.ts'

const USERS = 20_000
const BATCH = 1000

const GIVEN = ['Anna', 'Zoë', 'John', 'Mehmet', 'Yuki', 'Olga', 'José', 'Li', 'Ahmed', 'Grace', 'Sven', 'Priya']
const FAMILY = ['Johnson', 'Kowalski', 'García', 'Müller', 'Nguyen', 'Andersson', 'Ivanov', 'Rossi', 'Tanaka', 'Smith']
const STATUSES = ['active', 'active', 'active', 'active', 'onboarding', 'inactive', 'deleted'] as const

function person(n: number) {
  const given = GIVEN[n % GIVEN.length] ?? ''
  // Few have the same one, and some have none.
  const family = n % 11 === 0 ? null : `${FAMILY[n % FAMILY.length] ?? ''}${n % 13 === 0 ? '' : n % 701}`
  return newUser(n, {
    customerId: 1 + (n % 40),
    identifier: `${given}.${n}`,
    givenName: given,
    familyName: family,
    fullName: `${given} ${family ?? ''}${n}`,
    email: n % 9 === 0 ? null : `${given}${n}@example.com`,
    phones: n % 4 === 0 ? [] : [`+49 ${100_000 + n}`],
    tags: { role: n % 97 === 0 ? 'driver' : 'clerk' },
    attributes: { floor: n % 301 },
    country: ['DE', 'FR', 'PL', null][n % 4] ?? null,
    userType: n % 5 === 0 ? 'client' : 'user',
    status: STATUSES[n % STATUSES.length] ?? 'active',
    createdAt: new Date(Date.UTC(2024, 0, 1) + n * 600_000).toISOString(),
    lastLoginAt: n % 3 === 0 ? null : new Date(Date.UTC(2025, 0, 1) + n * 60_000).toISOString(),
    createdBy: sampleId(n % 30),
  })
}

/** What may be longer than an index takes. */
const TEXTS = ['givenName', 'familyName', 'fullName', 'displayName', 'statusReason', 'message', 'description'] as const

function longer(start: string, end: string): string {
  return `${start}${'x'.repeat(2500)}${end}`
}

/** How many have long texts: more than anybody should want to sort. */
const LONG_USERS = 1000

// Some begin alike, most do not, and all stand among the short ones.
async function writeLongTexts(): Promise<void> {
  assert.ok(lent)
  const store = await openPostgres(lent.url)
  const changes = Array.from({ length: LONG_USERS }, (_, n) => {
    const text = longer(`${FAMILY[n % FAMILY.length] ?? ''}${n % 10 === 0 ? '' : n}`, GIVEN[n % GIVEN.length] ?? '')
    const texts = Object.fromEntries(TEXTS.map((field) => [field, text]))
    return newUser(USERS + n, { ...texts, customerId: 1 + (n % 40), createdBy: sampleId(n % 30) })
  })
  for (let at = 0; at < LONG_USERS; at += 100) {
    await store.commit({ changes: changes.slice(at, at + 100), at: NOON, by: null })
  }
  await store.close()
  await lookAfter(lent.url)
}

// Plans are those of a database that has been looked after, as one is soon after it was filled.
async function lookAfter(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  // Where another process looks at the same tables meanwhile, it has to be done again.
  for (let isVisible = false; !isVisible;) {
    await client.query('VACUUM ANALYZE')
    const { rows } = await client.query<{ part: number }>(
      "SELECT relallvisible::float / relpages AS part FROM pg_class WHERE oid = 'users'::regclass",
    )
    isVisible = (rows[0]?.part ?? 0) > 0.9
    if (!isVisible) await sleep(100)
  }
  await client.end()
}

let lent: LentDatabase | undefined
let database: Database | undefined

before(async () => {
  lent = await lendDatabase()
  const store = await openPostgres(lent.url)
  const customers = Array.from({ length: 40 }, (_, n) => newCustomer(n + 1, n < 4 ? null : 1 + (n % 4)))
  await store.commit({ changes: customers, at: NOON, by: null })
  for (let at = 0; at < USERS; at += BATCH) {
    const changes = Array.from({ length: BATCH }, (_, n) => person(at + n))
    await store.commit({ changes, at: NOON, by: null })
  }
  await store.close()
  await lookAfter(lent.url)
  database = openDatabase(lent.url)
})

after(async () => {
  await database?.close()
  await lent?.drop()
})

/** How tables that grow with the directory are read. */
interface Reading {
  readonly indexes: readonly string[]
  /** What reads all of a table or of an index. */
  readonly faults: readonly string[]
  /** The indexes of which all that is asked for is sorted for the first page. */
  readonly sorts: readonly string[]
}

const LARGE = new Set(['users', 'documents', 'user_marks', 'words', 'word_stems'])

/** The plan of each statement that the pages of a query need: the first one, one after it, the one before that. */
async function planOf(query: Partial<Query>): Promise<Reading> {
  assert.ok(database)
  const asked = new Map<string, Statement>()
  const note = (asking: Asking): Asking => ({
    first: (statement) => asking.first(noted(statement)),
    rows: (statement) => asking.rows(noted(statement)),
  })
  const noted = (statement: Statement) => {
    asked.set(statement.text, statement)
    return statement
  }
  const own = database
  const recording = {
    ...own,
    ...note(own),
    read: <T>(read: (a: Asking) => Promise<T>) => own.read((a) => read(note(a))),
  }
  const lists = listReader(recording)
  const page: Page = { kind: 'position', from: null, direction: 'after', limit: 20 }
  const whole: Query = { filter: LIVE, sort: [], page, total: false, ...query }
  // Twice: the second time from what the first one has left behind.
  const first = await lists.documents(whole, true)
  await lists.documents(whole, true)
  const atFirst = new Set(asked.keys())
  if (whole.page.kind === 'position' && first.last) {
    for (const direction of ['after', 'before'] as const) {
      await lists.documents({ ...whole, page: { ...page, from: first.last, direction } }, true)
      await lists.documents({ ...whole, page: { ...page, from: first.last, direction } }, true)
    }
  }
  const indexes = new Set<string>()
  const faults = new Set<string>()
  const sorts = new Set<string>()
  for (const { text, values } of asked.values()) {
    const row = await own.first({ text: `EXPLAIN (FORMAT JSON) ${text}`, values })
    const [plan] = JSON.parse(String(row?.[0])) as readonly { readonly Plan: Node }[]
    if (plan) visit(plan.Plan, false, indexes, faults)
    if (plan && atFirst.has(text)) noteSorts(plan.Plan, false, sorts)
  }
  return { indexes: [...indexes].sort(), faults: [...faults].sort(), sorts: [...sorts].sort() }
}

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly Node[]
}

// A scan without a condition ends early only where nothing between it and a limit wants all of its rows.
function visit(node: Node, isLimited: boolean, indexes: Set<string>, faults: Set<string>): void {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Name': index, 'Index Cond': condition } = node
  if (type === 'Seq Scan' && LARGE.has(table)) faults.add(`${type} on ${table}`)
  if (index !== undefined && (LARGE.has(table) || type === 'Bitmap Index Scan')) {
    indexes.add(index)
    // Of texts too long for an index there are few, or else not all of them are read.
    if (condition === undefined && !isLimited && !index.startsWith('users_long_'))
      faults.add(`${type} of all of ${index}`)
  }
  const ends = /^(Sort|Aggregate|Hash|Materialize|BitmapAnd|BitmapOr|Unique|SetOp)$/.test(type)
  for (const child of node.Plans ?? []) visit(child, type === 'Limit' || (isLimited && !ends), indexes, faults)
}

// Whatever of an index is sorted from its beginning to its end, before the first of it is known.
function noteSorts(node: Node, isSorted: boolean, sorts: Set<string>): void {
  const { 'Node Type': type, 'Index Name': index } = node
  if (isSorted && index !== undefined) sorts.add(index)
  for (const child of node.Plans ?? []) noteSorts(child, type === 'Sort' || (isSorted && type !== 'Limit'), sorts)
}

const key = (field: SortField, descending = false): SortKey => ({ field, descending })
const from = (field: 'createdAt' | 'lastLoginAt', value: string): Filter => ({
  kind: 'compare',
  field,
  op: 'ge',
  value,
})
const keyword = any(...(['fullName', 'identifier', 'email', 'phones'] as const).map((name) => wildcard(name, '*ski7*')))

/** What dialects ask, and the indexes that answer it. */
const KINDS: readonly (readonly [string, Partial<Query>, readonly string[]])[] = [
  ['live users', { total: true }, ['users_live']],
  ['all users, deleted ones too', { filter: all(), total: true }, ['users_pkey']],
  ['a deep offset', { page: { kind: 'offset', offset: 15_000, limit: 20 }, total: true }, ['users_live']],
  [
    'a deep offset in another order',
    { sort: [key('email')], page: { kind: 'offset', offset: 5_000, limit: 20 } },
    ['users_by_email'],
  ],
  ['one customer', { filter: all(LIVE, equal('customerId', 4)), total: true }, ['users_customer']],
  ['a subtree', { filter: all(LIVE, { kind: 'subtree', customerId: 2 }), total: true }, ['users_customer']],
  [
    'a subtree in another order',
    { filter: all(LIVE, { kind: 'subtree', customerId: 2 }), sort: [key('familyName')] },
    ['users_by_family_name'],
  ],
  ['a status', { filter: all(LIVE, equal('status', 'inactive')), total: true }, ['users_by_status']],
  ['an identifier', { filter: all(LIVE, equal('identifier', 'Anna.12')), total: true }, ['users_by_identifier']],
  [
    'a list of ids',
    { filter: { kind: 'in', field: 'id', values: [sampleId(3), sampleId(4)] }, total: true },
    ['users_by_id'],
  ],
  ['a prefix', { filter: all(LIVE, wildcard('familyName', 'kowalski1*')), total: true }, ['users_by_family_name']],
  ['an infix', { filter: all(LIVE, wildcard('familyName', '*walski17*')), total: true }, ['user_marks_marks']],
  ['a suffix', { filter: all(LIVE, wildcard('email', '*77@example.com')), total: true }, ['user_marks_marks']],
  ['an infix of an id', { filter: all(LIVE, wildcard('id', '*0001f*')), total: true }, ['user_marks_marks']],
  [
    'an infix in another order',
    { filter: all(LIVE, wildcard('familyName', '*son*')), sort: [key('givenName')] },
    ['user_marks_marks', 'users_by_given_name'],
  ],
  ['a keyword in several fields', { filter: all(LIVE, keyword), total: true }, ['user_marks_marks']],
  ['a phone', { filter: all(LIVE, equal('phones', '+49 100017')), total: true }, ['user_marks_marks']],
  ['the end of a phone', { filter: all(LIVE, wildcard('phones', '*00017')), total: true }, ['user_marks_marks']],
  ['a tag', { filter: all(LIVE, equal('tags.role', 'Driver')), total: true }, ['user_marks_marks']],
  [
    'an attribute',
    { filter: all(LIVE, { kind: 'in', field: 'attributes.floor', values: ['3', '4'] }), total: true },
    ['user_marks_marks'],
  ],
  [
    'a range of dates',
    { filter: all(LIVE, from('createdAt', '2024-05-18T00:00:00.000Z')), total: true },
    ['users_by_created_at'],
  ],
  ['a wide range of dates', { filter: all(LIVE, from('createdAt', '2024-01-10T00:00:00.000Z')) }, ['users_live']],
  [
    'a wide range of dates in another order',
    { filter: all(LIVE, from('createdAt', '2024-01-10T00:00:00.000Z')), sort: [key('email')] },
    ['users_by_email'],
  ],
  [
    'what was written since a revision',
    { filter: { kind: 'compare', field: 'revision', op: 'gt', value: 20 }, total: true },
    ['users_by_revision'],
  ],
  [
    'an author by a pattern',
    { filter: all(LIVE, wildcard('createdBy', '*0007')), sort: [key('createdAt', true)] },
    ['users_by_created_by'],
  ],
  ['deleted users', { filter: equal('status', 'deleted'), total: true }, ['users_deleted']],
  [
    'a search',
    { search: parseSearch('kowalsky', false), total: true },
    ['user_marks_marks', 'word_stems_keys', 'words_word'],
  ],
  [
    'a search of two words',
    { search: parseSearch('jhon kowalsk', false), total: true },
    ['user_marks_marks', 'word_stems_keys', 'words_word'],
  ],
  [
    'a search for the start of an id',
    { search: parseSearch('0195c7a0-0000-7000-8000-00000000001', true), total: true },
    ['users_by_id', 'word_stems_keys', 'words_word'],
  ],
  [
    'a search in another order',
    { search: parseSearch('kowalsky', false), sort: [key('fullName')], total: true },
    ['user_marks_marks', 'word_stems_keys', 'words_word'],
  ],
  ['two sort keys', { sort: [key('familyName'), key('givenName')] }, ['users_by_names']],
  ['two sort keys in two directions', { sort: [key('familyName', true), key('givenName')] }, ['users_by_family_name']],
  [
    'ranked words',
    { sort: [{ ...key('status'), ranks: [['onboarding', 'inactive'], ['active']] }] },
    ['users_by_id', 'users_by_status'],
  ],
  ['authors', { sort: [key('createdByName')] }, ['users_by_created_by']],
  [
    'a total of what no index knows',
    { filter: all(LIVE, not(equal('country', 'DE')), wildcard('familyName', '*k*')) },
    ['users_live'],
  ],
]

function assertPlans(kinds: typeof KINDS): void {
  for (const [name, query, indexes] of kinds) {
    it(`find ${name} by indexes, and read no whole table`, async () => {
      const plan = await planOf(query)
      assert.deepEqual(plan.faults, [])
      // More may be used: which of two that serve as well is a matter of a server's version.
      assert.deepEqual(
        indexes.filter((index) => !plan.indexes.includes(index)),
        [],
        plan.indexes.join(),
      )
    })
  }

  it('walk the index of any field users are ordered by, in either direction', async () => {
    for (const field of Object.keys(COLUMNS) as SortField[]) {
      for (const descending of [false, true]) {
        const { indexes, faults } = await planOf({ sort: [key(field, descending)] })
        assert.deepEqual(faults, [], field)
        const index = COLUMNS[field as keyof typeof COLUMNS].index ?? 'users_live'
        assert.ok(indexes.includes(index), `${field} ${String(descending)}: ${indexes.join()}`)
      }
    }
  })
}

/** The same where some texts are too long for the indexes of their orders. */
const LONG_KINDS: typeof KINDS = [
  ['a name', { filter: all(LIVE, equal('familyName', 'Kowalski11')), total: true }, ['users_by_family_name']],
  [
    'a long text',
    { filter: all(LIVE, equal('description', longer('Kowalski', 'm'))), total: true },
    ['users_long_description'],
  ],
  [
    'a prefix',
    { filter: all(LIVE, wildcard('familyName', 'kowalski1*')), total: true },
    ['users_by_family_name', 'users_long_family_name'],
  ],
  [
    'a range',
    { filter: all(LIVE, { kind: 'compare', field: 'familyName', op: 'gt', value: 'tanaka690' }), total: true },
    ['users_by_family_name', 'users_long_family_name'],
  ],
  [
    'a long name in several orders',
    { sort: [key('familyName'), key('givenName')] },
    ['users_by_names', 'users_long_names'],
  ],
  [
    'the orders of several texts',
    { sort: [key('familyName', true), key('displayName')] },
    ['users_by_family_name', 'users_long_family_name'],
  ],
  [
    'a deep offset in the order of a text',
    { sort: [key('fullName')], page: { kind: 'offset', offset: 4_000, limit: 20 } },
    ['users_by_full_name', 'users_long_full_name'],
  ],
]

describe('the plans of PostgreSQL', () => {
  assertPlans(KINDS)
})

describe('the plans of PostgreSQL, where users have texts too long for an index,', () => {
  before(writeLongTexts)

  assertPlans([...KINDS, ...LONG_KINDS])

  it('walk an index for the long ones, too, and sort only those that begin alike', async () => {
    for (const field of ['givenName', 'familyName', 'fullName'] as const) {
      for (const descending of [false, true]) {
        const page: Page = { kind: 'position', from: null, direction: 'after', limit: 2 }
        const { indexes, sorts } = await planOf({ sort: [key(field, descending)], page })
        const index = `users_long_${COLUMNS[field].name}`
        assert.ok(indexes.includes(index), `${field} ${String(descending)}: ${indexes.join()}`)
        assert.deepEqual(sorts, [], field)
      }
    }
  })
})
