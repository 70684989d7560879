import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { onTree, principal } from '../../test/model/directory.ts'
import { NOON, sampleId } from '../../test/model/sample.ts'
import { stateOf } from '../../test/model/state.ts'
import type { View } from './directory.ts'

const writer = principal(['users:read', 'users:read-metadata', 'users:write'], 'all', sampleId(2))
const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('a write', () => {
  onTree('needs users:write', async ({ directory, store }) => {
    const before = await stateOf(store)
    const view = directory.as(
      principal(['users:read', 'users:read-metadata', 'customers:write', 'tokens:write', 'audit:read']),
    )
    const refused = { code: 'forbidden', reason: 'permission' } as const
    await assertRefused(view.createUser({ identifier: 'x' }), refused)
    await assertRefused(view.updateUser(sampleId(1), { givenName: 'x' }), refused)
    await assertRefused(view.replaceUser(sampleId(1), { identifier: 'x' }), refused)
    await assertRefused(view.deleteUser(sampleId(1)), refused)
    await assertRefused(view.restoreUser(sampleId(6)), refused)
    for (const atomic of [true, false])
      await assertRefused(view.batch([{ op: 'create', user: { identifier: 'x' } }], atomic), refused)
    assert.deepEqual(await stateOf(store), before)
  })

  onTree('names its writer, and is kept in the history', async ({ directory, wait }) => {
    const view = directory.as(writer)
    const made = await view.createUser({ identifier: 'ada', givenName: 'Ada' })
    assert.match(made.id, UUID_7)
    assert.deepEqual([made.customerId, made.createdBy, made.createdAt, made.number], [1, sampleId(2), NOON, 9])
    wait(1_000)
    const changed = await view.updateUser(made.id.toUpperCase(), { familyName: 'Lovelace' })
    assert.deepEqual(
      [changed.fullName, changed.updatedAt, changed.updatedBy],
      ['Ada Lovelace', '2026-11-22T12:00:01.000Z', sampleId(2)],
    )
    const { versions } = await directory.as(principal(['audit:read'])).history(made.id)
    assert.deepEqual(
      versions.map(({ user, by }) => [user.fullName, by]),
      [
        ['Ada Lovelace', sampleId(2)],
        ['Ada', sampleId(2)],
      ],
    )
  })

  onTree('that changes nothing makes no version', async ({ directory }) => {
    const view = directory.as(writer)
    const before = await view.user({ id: sampleId(1) })
    assert.deepEqual(await view.updateUser(sampleId(1), { givenName: 'Given 1' }), before)
    assert.equal(await view.revision(), before.revision)
  })

  onTree('on condition of a version is refused on any other, and nothing is written', async ({ directory, store }) => {
    const view = directory.as(writer)
    const { revision } = await view.user({ id: sampleId(1) })
    const next = await view.updateUser(sampleId(1), { role: 'a' }, { ifRevision: revision })
    const before = await stateOf(store)
    const stale = { ifRevision: revision }
    const refused = { code: 'precondition_failed' } as const
    await assertRefused(view.updateUser(sampleId(1), { role: 'b' }, stale), refused)
    await assertRefused(view.updateUser(sampleId(1), { role: 'a' }, stale), refused)
    await assertRefused(view.replaceUser(sampleId(1), { identifier: 'b' }, stale), refused)
    await assertRefused(view.deleteUser(sampleId(1), stale), refused)
    await assertRefused(view.restoreUser(sampleId(6), { ifRevision: 99 }), refused)
    assert.deepEqual(await stateOf(store), before)
    assert.equal((await view.deleteUser(sampleId(1), { ifRevision: next.revision })).status, 'deleted')
  })

  onTree('that meets another one is done on top of it, unless a condition says otherwise', async ({ directory }) => {
    const view = directory.as(writer)
    const both = await Promise.all([
      view.updateUser(sampleId(1), { role: 'a' }),
      view.updateUser(sampleId(1), { group: 'b' }),
    ])
    assert.notEqual(both[0].revision, both[1].revision)
    const after = await view.user({ id: sampleId(1) })
    assert.deepEqual([after.role, after.group], ['a', 'b'])
    const { revision } = after
    const race = Array.from({ length: 5 }, (_, n) =>
      view.updateUser(sampleId(1), { role: `racer ${n}` }, { ifRevision: revision }),
    )
    const outcomes = await Promise.allSettled(race)
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  })

  onTree('of a value somebody has is a conflict that names it', async ({ directory }) => {
    const view = directory.as(writer)
    await assertRefused(view.createUser({ identifier: 'USER-1' }), {
      code: 'conflict',
      reason: 'taken',
      name: 'identifier',
    })
    await assertRefused(view.updateUser(sampleId(1), { email: 'P2@EXAMPLE.COM' }), {
      code: 'conflict',
      reason: 'taken',
      name: 'email',
    })
  })

  onTree('brings what the directory keeps only for administrators', async ({ directory }) => {
    const kept = [
      { id: sampleId(70) },
      { number: 70 },
      { createdAt: NOON },
      { createdBy: sampleId(1) },
      { updatedAt: NOON },
      { updatedBy: null },
    ]
    for (const [n, draft] of kept.entries()) {
      await assertRefused(directory.as(writer).createUser({ identifier: `x${n}`, ...draft }), { code: 'forbidden' })
    }
    const made = await directory
      .as(principal(['admin']))
      .createUser({ identifier: 'x', id: sampleId(70), number: 70, createdAt: '2001-01-01T00:00:00Z' })
    assert.deepEqual(
      [made.id, made.number, made.createdAt, made.updatedAt],
      [sampleId(70), 70, '2001-01-01T00:00:00.000Z', '2001-01-01T00:00:00.000Z'],
    )
    await assertRefused(
      directory.as(principal(['admin'])).updateUser(sampleId(1), { createdAt: '2001-01-01T00:00:00Z' }),
      { code: 'invalid', name: 'createdAt' },
    )
  })
})

describe('a writer with a scope', () => {
  const scoped = principal(['users:read', 'users:write'], 10, sampleId(3))

  onTree('puts users only into customers it sees, and is told of others as of none', async ({ directory, store }) => {
    const view = directory.as(scoped)
    assert.equal((await view.createUser({ identifier: 'a' })).customerId, 10)
    assert.equal((await view.createUser({ identifier: 'b', customerId: 11 })).customerId, 11)
    const before = await stateOf(store)
    const said: string[] = []
    for (const customerId of [1, 20, 99]) {
      for (const write of [
        () => view.createUser({ identifier: 'c', customerId }),
        () => view.updateUser(sampleId(3), { customerId }),
        () => view.replaceUser(sampleId(3), { identifier: 'user-3', customerId }),
      ]) {
        await assertRefused(write(), { code: 'invalid', reason: 'value', name: 'customerId' })
        await write().catch((error: unknown) => said.push(String(error).replace(String(customerId), 'N')))
      }
    }
    assert.equal(new Set(said).size, 1)
    assert.deepEqual(await stateOf(store), before)
  })

  onTree('has its batches held to the same', async ({ directory, store }) => {
    const view = directory.as(scoped)
    const before = await stateOf(store)
    const outcomes = await view.batch([
      { op: 'update', id: sampleId(8), user: { role: 'x' } },
      { op: 'delete', id: sampleId(1) },
      { op: 'create', user: { identifier: 'x', customerId: 20 } },
      { op: 'upsert', match: 'externalId', user: { identifier: 'user-8', externalId: 'x' } },
      { op: 'upsert', match: 'identifier', user: { identifier: 'user-8', role: 'x' } },
    ], false) // prettier-ignore
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ['refused', 'refused', 'refused', 'refused', 'refused'],
    )
    assert.deepEqual(await stateOf(store), before)
  })
})

describe('a deleted user', () => {
  onTree('is gone for writers but for restoring, which gives it the status it had', async ({ directory }) => {
    const view = directory.as(writer)
    await view.updateUser(sampleId(1), { status: 'risky', statusReason: 'odd hours' })
    const deleted = await view.deleteUser(sampleId(1))
    assert.equal(deleted.status, 'deleted')
    for (const write of [
      view.updateUser(sampleId(1), { role: 'x' }),
      view.replaceUser(sampleId(1), { identifier: 'x' }),
      view.deleteUser(sampleId(1)),
    ]) {
      await assertRefused(write, { code: 'not_found' })
    }
    const back = await view.restoreUser(sampleId(1))
    assert.deepEqual([back.status, back.statusReason], ['risky', 'odd hours'])
    await assertRefused(view.restoreUser(sampleId(1)), { code: 'conflict' })
  })

  onTree('cannot come back while somebody else has its identifier', async ({ directory }) => {
    const view = directory.as(writer)
    await view.createUser({ identifier: 'USER-6' })
    await assertRefused(view.restoreUser(sampleId(6)), { code: 'conflict', reason: 'taken', name: 'identifier' })
  })
})

describe('a write with an idempotency key', () => {
  const idempotency = (key: string, fingerprint = 'f') => ({ key, scope: 'POST /v1/users', fingerprint })

  onTree('gives the first result again and writes nothing', async ({ directory, store }) => {
    const once = (key: string): View => directory.as(writer, idempotency(key))
    const first = await once('a').createUser({ identifier: 'ada' })
    const before = await stateOf(store)
    assert.deepEqual(await once('a').createUser({ identifier: 'ada' }), first)
    assert.deepEqual(await stateOf(store), before)
    const changed = await once('b').updateUser(first.id, { role: 'x' })
    await directory.as(writer).updateUser(first.id, { role: 'y' })
    assert.deepEqual(await once('b').updateUser(first.id, { role: 'x' }), changed)
    const batch = [{ op: 'create', user: { identifier: 'bob' } }] as const
    assert.deepEqual(await once('c').batch(batch, true), await once('c').batch(batch, true))
  })

  onTree('is refused with another payload', async ({ directory }) => {
    await directory.as(writer, idempotency('a')).createUser({ identifier: 'ada' })
    const other = directory.as(writer, idempotency('a', 'g'))
    await assertRefused(other.createUser({ identifier: 'bob' }), { code: 'conflict', reason: 'key_reused' })
  })

  onTree('is done once, however many times it is sent at once', async ({ directory }) => {
    const tries = Array.from({ length: 5 }, () =>
      directory.as(writer, idempotency('a')).createUser({ identifier: 'ada' }),
    )
    const outcomes = await Promise.allSettled(tries)
    const ids = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.id] : []))
    assert.equal(new Set(ids).size, 1)
    assert.equal((await directory.as(writer).users({ page: { offset: 0, limit: 100 } })).users.length, 8)
  })

  onTree('that was refused may be tried again', async ({ directory }) => {
    const view = directory.as(writer, idempotency('a'))
    await assertRefused(view.createUser({ identifier: 'user-1' }), { code: 'conflict', reason: 'taken' })
    await directory.as(writer).updateUser(sampleId(1), { identifier: 'other' })
    assert.equal((await view.createUser({ identifier: 'user-1' })).identifier, 'user-1')
  })
})
