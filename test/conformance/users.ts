import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { equal, EVERYONE } from '../../src/core/filter.ts'
import type { Change } from '../../src/core/store.ts'
import { newCustomer, newUser, NOON, nextVersion, sampleId, sampleUser, write, writeUser } from '../model/sample.ts'
import { numbers, WHOLE } from './ask.ts'
import { onStore, type Open } from './subject.ts'

const FULL = {
  givenName: 'Ada',
  familyName: 'Lovelace',
  fullName: 'Ada Lovelace',
  displayName: 'Countess',
  email: 'Ada@Example.com',
  phones: ['+44 1', '+44 2'],
  language: 'en-GB',
  country: 'United Kingdom',
  timeZone: 'Europe/London',
  description: 'First\r\n"programmer"\\',
  userType: 'admin',
  role: 'poet',
  permissions: ['a', 'b'],
  group: 'x',
  status: 'risky',
  statusReason: 'odd hours',
  message: 'hello',
  tags: Object.fromEntries([
    ['role', 'é'],
    ['__proto__', 'x'],
    ['', 'empty'],
  ]),
  deviceId: 'd',
  adminDevices: 3,
  validFrom: '0001-01-01T00:00:00.000Z',
  expiresAt: '9999-12-31T23:59:59.999Z',
  lastLoginAt: '1969-12-31T23:59:59.999Z',
  picture: { id: 'p', displayId: null, name: 'me', mediaType: 'image/png', sizeBytes: 7 },
  primaryIdentity: sampleId(9),
  externalId: 'ext-1',
  attributes: Object.fromEntries<unknown>([
    ['n', 1e21],
    ['deep', [{ a: [null, true, 0.1] }]],
    ['__proto__', { x: 1 }],
  ]),
  createdBy: sampleId(8),
  updatedBy: sampleId(1),
} as const

/** Users are given back as they were written. */
export function users(open: Open): void {
  const it = onStore(open)
  describe('users', () => {
    it('come back with every field as it was written, and the number and revision they were given', async (store) => {
      const [written] = await write(store, newCustomer(1), newUser(1, FULL as never), newUser(2))
      assert.deepEqual(written, { ...sampleUser(1, FULL as never), number: 1, revision: 1 })
      assert.deepEqual(await store.user({ id: sampleId(1) }), written)
      assert.deepEqual(await store.user({ id: sampleId(2) }), { ...sampleUser(2), number: 2, revision: 1 })
    })

    it('keep every text as it was written, whatever its letters', async (store) => {
      const texts = [
        '',
        ' ',
        'e\u0301',
        'é',
        '\u0001',
        '\ufeff',
        '\uffff',
        '😀',
        '\u{10ffff}',
        '\u202e',
        "'; DROP TABLE users; --",
        '\\u0000',
        '%_*?',
        'a'.repeat(4_096),
      ]
      await write(store, newCustomer(1), ...texts.map((description, n) => newUser(n, { description })))
      for (const [n, description] of texts.entries()) {
        assert.equal((await store.user({ id: sampleId(n) }))?.description, description)
      }
    })

    it('are found by id, number, and the folded keys of identifier, e-mail and external id', async (store) => {
      const [ada] = await write(
        store,
        newCustomer(1),
        newUser(1, { identifier: 'ADÄ', email: 'Ada@Éxample.com', externalId: 'X-é' }),
      )
      for (const key of [
        { id: sampleId(1) },
        { number: 1 },
        { identifier: 'ada' },
        { email: 'ADA@EXAMPLE.COM' },
        { externalId: 'x-E\u0301' },
      ]) {
        assert.deepEqual(await store.user(key), ada, JSON.stringify(key))
      }
    })

    it('are not found by what nobody has', async (store) => {
      await write(store, newCustomer(1), newUser(1))
      const keys = [
        { id: sampleId(2) },
        { id: 'no-uuid' },
        { id: '' },
        { number: 2 },
        { number: 0 },
        { number: -1 },
        { identifier: '' },
        { identifier: 'user' },
        { email: '' },
        { externalId: '' },
      ]
      for (const key of keys) assert.equal(await store.user(key), undefined, JSON.stringify(key))
    })

    it('are found in any number by id, each once, and those that do not exist are left out', async (store) => {
      const written = await write(store, newCustomer(1), newUser(1), newUser(2, { status: 'deleted' }), newUser(3))
      const found = await store.usersById([sampleId(3), sampleId(2), sampleId(9), 'no-uuid', sampleId(3)])
      assert.deepEqual(
        found.toSorted((a, b) => a.number - b.number),
        written.slice(1),
      )
      assert.deepEqual(await store.usersById([]), [])
      const many = Array.from({ length: 2_000 }, (_, n) => sampleId(n + 3))
      assert.deepEqual(await store.usersById(many), written.slice(2))
    })

    it('are found by what they have now, not by what they had', async (store) => {
      const [ada] = await write(
        store,
        newCustomer(1),
        newUser(1, { identifier: 'ada', email: 'a@x', givenName: 'Ada', tags: { a: 'x' }, phones: ['1'] }),
      )
      assert.ok(ada)
      const next = await writeUser(
        store,
        nextVersion(ada, { identifier: 'augusta', email: null, givenName: null, tags: { b: 'x' }, phones: [] }),
      )
      assert.equal(await store.user({ identifier: 'ada' }), undefined)
      assert.equal(await store.user({ email: 'a@x' }), undefined)
      assert.deepEqual(await store.user({ identifier: 'augusta' }), next)
      for (const field of ['givenName', 'tags.a', 'phones'] as const)
        assert.deepEqual(await numbers(store, { kind: 'present', field }), [])
      assert.deepEqual(await numbers(store, equal('tags.b', 'X')), [1])
      assert.deepEqual(next, {
        ...ada,
        identifier: 'augusta',
        email: null,
        givenName: null,
        tags: { b: 'x' },
        phones: [],
        revision: 2,
      })
    })

    it('show the hash of their password nowhere', async (store) => {
      const secret = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$dGFn'
      const [ada] = await write(store, newCustomer(1), { ...newUser(1), passwordHash: secret } as Change)
      assert.ok(ada)
      const next = await writeUser(store, { ...nextVersion(ada, { role: 'x' }), passwordHash: `${secret}2` } as Change)
      await write(store, { ...nextVersion(next, {}), passwordHash: null } as Change)
      const documents = await store.documents({ filter: EVERYONE, sort: [], page: WHOLE, total: false }, true)
      const all = [ada, next, await store.user({ id: ada.id }), await store.history(ada.id)]
      assert.ok(!`${JSON.stringify(all)}${Buffer.concat(documents.documents).toString()}`.includes('argon2'))
    })

    it('have the hash of their password read by itself, for one user', async (store) => {
      const hash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$dGFn'
      const [ada] = await write(store, newCustomer(1), { ...newUser(1), passwordHash: hash } as Change, newUser(2))
      assert.ok(ada)
      assert.equal(await store.passwordHash(ada.id), hash)
      for (const id of [sampleId(2), sampleId(9), 'nobody', '']) assert.equal(await store.passwordHash(id), undefined)
      const next = await writeUser(store, nextVersion(ada, { role: 'x' }))
      assert.equal(await store.passwordHash(ada.id), hash)
      const later = await writeUser(store, { ...nextVersion(next, {}), passwordHash: `${hash}2` } as Change)
      assert.equal(await store.passwordHash(ada.id), `${hash}2`)
      await write(store, { ...nextVersion(later, {}), passwordHash: null } as Change)
      assert.equal(await store.passwordHash(ada.id), undefined)
    })

    it('keep the times they were given', async (store) => {
      const [ada] = await write(
        store,
        newCustomer(1),
        newUser(1, { createdAt: '2001-01-01T00:00:00.001Z', updatedAt: '1999-12-31T23:59:59.999Z' }),
      )
      assert.deepEqual([ada?.createdAt, ada?.updatedAt], ['2001-01-01T00:00:00.001Z', '1999-12-31T23:59:59.999Z'])
      assert.equal((await store.history(sampleId(1)))[0]?.at, NOON)
    })
  })
}
