import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openPostgres } from '../../src/storage/postgres/open.ts'
import { newCustomer, newUser, NOON, sampleId } from '../model/sample.ts'

/** How many users there are at first. */
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

/** A text that no index takes. */
export function longer(start: string, end: string): string {
  return `${start}${'x'.repeat(2500)}${end}`
}

/** How many have long texts: more than anybody should want to sort. */
const LONG_USERS = 1000

/** Fills a database with users of forty customers, and looks after it as it is soon after it was filled. */
export async function writeUsers(url: string): Promise<void> {
  const store = await openPostgres(url)
  const customers = Array.from({ length: 40 }, (_, n) => newCustomer(n + 1, n < 4 ? null : 1 + (n % 4)))
  await store.commit({ changes: customers, at: NOON, by: null })
  for (let at = 0; at < USERS; at += BATCH) {
    const changes = Array.from({ length: BATCH }, (_, n) => person(at + n))
    await store.commit({ changes, at: NOON, by: null })
  }
  await store.close()
  await lookAfter(url)
}

/** Adds users whose texts are long: some begin alike, most do not, and all stand among the short ones. */
export async function writeLongTexts(url: string): Promise<void> {
  const store = await openPostgres(url)
  const changes = Array.from({ length: LONG_USERS }, (_, n) => {
    const text = longer(`${FAMILY[n % FAMILY.length] ?? ''}${n % 10 === 0 ? '' : n}`, GIVEN[n % GIVEN.length] ?? '')
    const texts = Object.fromEntries(TEXTS.map((field) => [field, text]))
    return newUser(USERS + n, { ...texts, customerId: 1 + (n % 40), createdBy: sampleId(n % 30) })
  })
  for (let at = 0; at < LONG_USERS; at += 100) {
    await store.commit({ changes: changes.slice(at, at + 100), at: NOON, by: null })
  }
  await store.close()
  await lookAfter(url)
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
