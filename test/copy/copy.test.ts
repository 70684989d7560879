import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { fillDemo } from '../../src/cli/demo/index.ts'
import { layFoundation } from '../../src/cli/folder/foundation.ts'
import type { View } from '../../src/core/directory.ts'
import { operator } from '../../src/core/principal.ts'
import { parseSearch } from '../../src/core/search.ts'
import type { Store } from '../../src/core/store.ts'
import { createDirectory } from '../../src/core/view.ts'
import { copyDirectory } from '../../src/storage/copy.ts'
import { openStore, pending } from '../../src/storage/index.ts'
import { lendDatabase, type LentDatabase } from '../postgres/stores.ts'

const viewOf = (store: Store): View =>
  createDirectory({ store, now: Date.now, randomBytes, cursorKey: randomBytes(32) }).as(operator(1))
const silent = (): void => undefined

/** Everything a directory can have: a past of users and customers, passwords, tokens, usage, receipts, secrets. */
async function fill(store: Store): Promise<void> {
  const view = viewOf(store)
  await layFoundation(view)
  await fillDemo(view, { users: 700 })
  const made = await view.createUser(
    { identifier: 'ann', email: 'ann@example.com' },
    { password: 'correct horse battery' },
  )
  await view.updateUser(made.id, {
    familyName: 'Önder',
    tags: { team: 'blue' },
    attributes: { a: [1, { b: '\u2028' }] },
  })
  await view.deleteUser(made.id)
  await view.restoreUser(made.id)
  const { id } = await view.createCustomer({ code: 'left', name: 'Left', parentId: 1 })
  const below = await view.createCustomer({ code: 'below', name: 'Below', parentId: id })
  await view.updateCustomer(below.id, { parentId: 1, name: 'Beside' })
  await view.removeCustomer(id)
  const draft = { userId: made.id, permissions: ['users:read'], scope: below.id, expiresAt: null } as const
  const { token } = await view.issueToken({ ...draft, name: 'first' })
  await view.issueToken({ ...draft, name: 'second' })
  await view.revokeToken(token.id)
  const day = { userId: made.id, tokenId: token.id, limited: 1, lastUsedAt: '2026-11-22T10:00:00.000Z' }
  await store.addUsage([{ ...day, requests: 3, day: '2026-11-21' }, { ...day, requests: 4, day: '2026-11-22' }]) // prettier-ignore
  const idempotency = { scope: 's', key: 'k', fingerprint: 'f' }
  const directory = createDirectory({ store, now: Date.now, randomBytes, cursorKey: randomBytes(32) })
  await directory.as(operator(1), idempotency).createUser({ identifier: 'kept' })
  const owner = { ...operator(1), userId: made.id }
  await directory.as(owner).createSavedView({ name: 'Öwn', query: 'search=%C3%B6', isShared: false })
  await directory.as(owner).createSavedView({ name: 'Shared', query: '', isShared: true })
  await store.secret('key', () => Uint8Array.from([0, 255, 1]))
}

/** What can be asked of a directory, with the answers. */
async function answers(store: Store): Promise<Readonly<Record<string, unknown>>> {
  const view = viewOf(store)
  const { users: anns } = await view.users({ search: parseSearch('onder', false), page: { offset: 0, limit: 5 } })
  const subtree = { kind: 'subtree', customerId: 1 } as const
  return {
    revision: await store.revision(),
    customers: (await view.customers()).within(),
    counts: [...(await store.userCounts())].sort(([a], [b]) => a - b),
    byName: await view.users({ sort: [{ field: 'familyName', descending: false }], page: { offset: 0, limit: 1000 }, total: true })
      .then(({ users, total }) => ({ users, total })), // prettier-ignore
    created: (await view.users({ page: { offset: 400, limit: 50 }, includeDeleted: true })).users,
    infix: (
      await view.users({ filter: { kind: 'text', field: 'email', parts: ['a', 'e'] }, page: { offset: 0, limit: 100 } })
    ).users,
    below: (await view.users({ filter: subtree, page: { offset: 0, limit: 1 }, total: true })).total,
    found: anns.map(({ identifier }) => identifier),
    history: (await view.history(anns[0]?.id ?? '')).versions,
    tokens: await store.tokens(),
    usage: await store.usage(anns[0]?.id ?? '', '2026-11-22'),
    tokenUsage: await store.tokenUsage('2026-11-01', '2026-11-30'),
    savedViews: await store.savedViews(anns[0]?.id ?? ''),
    receipt: await store.receipt('s', 'k'),
    secret: Buffer.from(await store.secret('key', () => new Uint8Array())).toString('hex'),
  }
}

describe('a copy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-copy-'))
  const source = `sqlite:${join(folder, 'source.db')}`
  const back = `sqlite:${join(folder, 'back.db')}`
  let database: LentDatabase
  before(async () => {
    database = await lendDatabase()
    const store = await openStore(source)
    await fill(store)
    await store.close()
  })
  after(async () => {
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  it('from the embedded engine to PostgreSQL and back answers everything as the source does', async () => {
    const there = await copyDirectory(source, database.url, silent)
    const again = await copyDirectory(database.url, back, silent)
    assert.deepEqual(again, there)
    for (const { count } of Object.values(there)) assert.ok(count > 0)
    const stores = [await openStore(source), await openStore(database.url), await openStore(back)]
    const [expected, ...others] = await Promise.all(stores.map(answers))
    for (const other of others) {
      // One by one: what differs is found sooner.
      for (const [name, answer] of Object.entries(expected ?? {}))
        assert.ok(isDeepStrictEqual(other[name], answer), name)
    }
    // What comes next goes on from there.
    const numbers = new Set<number>()
    for (const store of stores) {
      const made = await viewOf(store).createUser({ identifier: 'next' })
      numbers.add(made.number)
      assert.equal(made.revision, Number(expected?.['revision']) + 1)
      await assert.rejects(viewOf(store).createUser({ identifier: 'ANN' }), { code: 'conflict' })
      await store.close()
    }
    assert.equal(numbers.size, 1)
  })

  it('into what is not empty is refused, and leaves it as it is', async () => {
    const other = `sqlite:${join(folder, 'other.db')}`
    const store = await openStore(other)
    await store.secret('key', () => Uint8Array.from([1]))
    await store.close()
    for (const target of [other, database.url, source]) {
      await assert.rejects(copyDirectory(source, target, silent), { code: 'conflict' })
    }
    const kept = await openStore(other)
    assert.equal(await kept.revision(), 0)
    await kept.close()
  })

  it('of nothing is refused, and makes nothing', async () => {
    const target = join(folder, 'none.db')
    await assert.rejects(copyDirectory(`sqlite:${join(folder, 'missing.db')}`, `sqlite:${target}`, silent), {
      code: 'invalid',
    })
    assert.ok(!existsSync(target))
    const plain = await lendDatabase('plain')
    await assert.rejects(copyDirectory(plain.url, `sqlite:${target}`, silent), { code: 'invalid' })
    // Not even the schema: it is still to be made.
    assert.equal((await pending(plain.url))[0], 1)
    await plain.drop()
  })

  it('that fails half-way leaves nothing behind', async () => {
    const target = join(folder, 'half.db')
    const empty = await lendDatabase()
    for (const to of [`sqlite:${target}`, empty.url]) {
      const failing = copyDirectory(source, to, (kind) => {
        if (kind === 'history') throw new Error('half-way')
      })
      await assert.rejects(failing)
    }
    assert.ok(!existsSync(target))
    await copyDirectory(source, empty.url, silent)
    await empty.drop()
  })
})
