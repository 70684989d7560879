import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { onTree, principal } from '../../test/model/directory.ts'
import { NOON, sampleId } from '../../test/model/sample.ts'
import { stateOf } from '../../test/model/state.ts'
import type { BatchOperation, BatchOutcome, Directory } from './directory.ts'
import { DirectoryError } from './error.ts'
import type { Scope } from './principal.ts'
import type { Store } from './store.ts'
import { createDirectory } from './view.ts'

const writer = principal(['users:read', 'users:read-metadata', 'users:write'], 'all', sampleId(2))
const create = (identifier: string): BatchOperation => ({ op: 'create', user: { identifier } })
const said = (outcomes: readonly BatchOutcome[]) => outcomes.map(({ outcome }) => outcome)

function reasonOf(outcome: BatchOutcome | undefined): string | undefined {
  return outcome?.outcome === 'refused' && outcome.error instanceof DirectoryError ? outcome.error.reason : undefined
}

const EACH: readonly BatchOperation[] = [
  create('ada'),
  { op: 'update', id: sampleId(1), user: { role: 'x' } },
  { op: 'update', id: sampleId(2), user: {} },
  { op: 'replace', id: sampleId(3), user: { identifier: 'new-3' } },
  { op: 'delete', id: sampleId(4) },
  { op: 'restore', id: sampleId(6) },
  { op: 'upsert', match: 'email', user: { email: 'P7@example.com', givenName: 'Seven' } },
  { op: 'upsert', match: 'identifier', user: { identifier: 'nobody-yet' } },
]
const DONE = ['created', 'updated', 'unchanged', 'updated', 'deleted', 'restored', 'updated', 'created']

describe('an atomic batch', () => {
  onTree('does everything in one commit, and says what became of each', async ({ directory, store }) => {
    const before = await store.revision()
    const outcomes = await directory.as(writer).batch(EACH, true)
    assert.deepEqual(said(outcomes), DONE)
    assert.equal(await store.revision(), before + 1)
    for (const outcome of outcomes) {
      assert.ok(outcome.outcome !== 'refused')
      assert.deepEqual(await store.user({ id: outcome.user.id }), outcome.user)
    }
  })

  onTree('does nothing at all where one operation is refused, and says which', async ({ directory, store }) => {
    const before = await stateOf(store)
    const view = directory.as(writer)
    const refused: readonly (readonly [BatchOperation, string])[] = [
      [create('USER-1'), 'conflict'],
      [create('ADA'), 'invalid'],
      [{ op: 'create', user: { identifier: '' } }, 'invalid'],
      [{ op: 'update', id: sampleId(99), user: {} }, 'not_found'],
      [{ op: 'update', id: sampleId(1), user: { role: 'x' }, ifRevision: 99 }, 'precondition_failed'],
      [{ op: 'restore', id: sampleId(1) }, 'conflict'],
      [{ op: 'upsert', match: 'externalId', user: { identifier: 'x' } }, 'invalid'],
    ]
    for (const [operation, code] of refused) {
      const work = view.batch([create('ada'), { op: 'delete', id: sampleId(8) }, operation, create('eve')], true)
      await assert.rejects(
        work,
        (error) => error instanceof DirectoryError && error.code === code && error.where.position === 2,
      )
      assert.deepEqual(await stateOf(store), before)
    }
  })
})

describe('a batch of operations on their own', () => {
  onTree('does each that can be done, and says what became of each, in order', async ({ directory, store }) => {
    const operations = [
      create('USER-1'),
      ...EACH,
      { op: 'delete', id: sampleId(99) } as const,
      create('Ada'),
      create('eve'),
    ]
    const outcomes = await directory.as(writer).batch(operations, false)
    assert.deepEqual(said(outcomes), ['refused', ...DONE, 'refused', 'refused', 'created'])
    assert.deepEqual(
      [reasonOf(outcomes[0]), reasonOf(outcomes[9]), reasonOf(outcomes[10])],
      ['taken', 'subject', 'taken'],
    )
    for (const outcome of outcomes) {
      if (outcome.outcome !== 'refused') assert.deepEqual(await store.user({ id: outcome.user.id }), outcome.user)
    }
  })

  onTree('lets an operation build on those before it', async ({ directory, store }) => {
    const operations: readonly BatchOperation[] = [
      { op: 'upsert', match: 'externalId', user: { identifier: 'ada', externalId: 'x' } },
      { op: 'upsert', match: 'externalId', user: { externalId: 'X', role: 'poet' } },
      { op: 'update', id: sampleId(1), user: { identifier: 'one' } },
      { op: 'update', id: sampleId(1), user: { role: 'x' } },
      create('user-1'),
      { op: 'delete', id: sampleId(2) },
      { op: 'restore', id: sampleId(2) },
      { op: 'delete', id: sampleId(4) },
      create('user-4'),
    ]
    const outcomes = await directory.as(writer).batch(operations, false)
    assert.deepEqual(said(outcomes), [
      'created',
      'updated',
      'updated',
      'updated',
      'created',
      'deleted',
      'restored',
      'deleted',
      'created',
    ])
    const one = await store.user({ id: sampleId(1) })
    assert.deepEqual([one?.identifier, one?.role], ['one', 'x'])
    assert.equal((await store.user({ externalId: 'x' }))?.role, 'poet')
  })

  onTree('leaves the others alone when many are refused', async ({ directory, store }) => {
    const operations = Array.from({ length: 40 }, (_, n) => create(n % 3 === 0 ? `user-${1 + (n % 5)}` : `new-${n}`))
    const outcomes = await directory.as(writer).batch(operations, false)
    for (const [n, outcome] of outcomes.entries()) assert.equal(outcome.outcome, n % 3 === 0 ? 'refused' : 'created')
    assert.equal([...(await store.userCounts())].find(([id]) => id === 1)?.[1].live, 2 + 26)
  })
})

describe('any batch', () => {
  onTree('makes none ready again and again where many are refused', async ({ directory, store }) => {
    const taken = Array.from({ length: 200 }, (_, n) => create(`taken-${n}`))
    await directory.as(writer).batch(taken, false)
    let asked = 0
    const counting: Store = {
      ...store,
      commit(commit) {
        asked += commit.changes.length
        return store.commit(commit)
      },
    }
    const parts = { now: () => Date.parse(NOON), randomBytes, cursorKey: new Uint8Array(32) }
    const view = createDirectory({ ...parts, store: counting }).as(writer)
    const outcomes = await view.batch([...taken, ...taken.map((_, n) => create(`free-${n}`))], false)
    assert.deepEqual(said(outcomes), [...taken.map(() => 'refused'), ...taken.map(() => 'created')])
    assert.ok(asked <= 1000, `${asked} changes for 400 operations`)
  })

  onTree('only says what it would do on a dry run', async ({ directory, store }) => {
    const before = await stateOf(store)
    for (const atomic of [true, false])
      assert.deepEqual(said(await directory.as(writer).batch(EACH, atomic, true)), DONE)
    assert.deepEqual(await stateOf(store), before)
  })

  onTree('knows on a dry run what is in use', async ({ directory }) => {
    const view = directory.as(writer)
    const [outcome] = await view.batch([create('user-1')], false, true)
    assert.equal(outcome?.outcome, 'refused')
    await assertRefused(view.batch([create('user-1')], true, true), { code: 'conflict', reason: 'taken' })
  })

  onTree('takes up to a thousand operations, and also none', async ({ directory }) => {
    const view = directory.as(writer)
    for (const atomic of [true, false]) {
      assert.deepEqual(await view.batch([], atomic), [])
      const many = Array.from({ length: 1_001 }, (_, n) => create(`n${n}`))
      await assertRefused(view.batch(many, atomic), { code: 'invalid', reason: 'range' })
    }
  })

  onTree('meets the user of an external id that others outside the scope have too', async ({ directory }) => {
    const everything = directory.as(principal(['admin']))
    await everything.createUser({ identifier: 'outside', externalId: 'shared', customerId: 1 })
    const inside = await everything.createUser({ identifier: 'inside', externalId: 'shared', customerId: 10 })
    const scoped = directory.as({ ...principal(['users:write'], 10), customerId: 10 })
    const [outcome] = await scoped.batch(
      [{ op: 'upsert', match: 'externalId', user: { identifier: 'inside', externalId: 'shared', role: 'poet' } }],
      true,
    )
    assert.deepEqual(outcome?.outcome === 'refused' ? outcome.error.message : [outcome?.outcome, outcome?.user.id], [
      'updated',
      inside.id,
    ])
    assert.equal((await everything.user({ id: inside.id })).createdBy, inside.createdBy)
  })

  onTree('leaves a deleted user that comes again as it is', async ({ directory, store }) => {
    const view = directory.as(principal(['admin']))
    const user = { id: sampleId(50), number: 50, identifier: 'gone', status: 'deleted' } as const
    const operation: BatchOperation = { op: 'upsert', match: 'identifier', user }
    assert.deepEqual(said(await view.batch([operation], false)), ['created'])
    const before = await stateOf(store)
    const [again] = await view.batch([{ ...operation, user: { ...user, identifier: 'else' } }], false)
    assert.ok(again?.outcome === 'unchanged')
    assert.equal(again.user.identifier, 'gone')
    assert.deepEqual(await stateOf(store), before)
  })

  onTree('is run again without making doubles', async ({ directory }) => {
    const view = directory.as(principal(['admin']))
    const rows = Array.from({ length: 5 }, (_, n): BatchOperation => ({
      op: 'upsert',
      match: 'identifier',
      user: { identifier: `Row ${n}`, role: 'x', createdAt: '2001-01-01T00:00:00Z' },
    }))
    assert.deepEqual(new Set(said(await view.batch(rows, false))), new Set(['created']))
    assert.deepEqual(new Set(said(await view.batch(rows, false))), new Set(['unchanged']))
  })
})

describe('a dry run of a caller with a scope', () => {
  // Users 1 and 8 are out of its sight, and user 3 is not.
  const view = (directory: Directory, scope: Scope = 10) => directory.as(principal(['users:write'], scope))
  const hidden: readonly BatchOperation[] = [
    create('USER-1'),
    { op: 'create', user: { identifier: 'mine', email: 'p8@example.com' } },
    { op: 'update', id: sampleId(3), user: { email: 'P8@example.com' } },
    { op: 'upsert', match: 'email', user: { email: 'p1@example.com' } },
  ]

  onTree('tells nothing of values that users have whom it does not see', async ({ directory, store }) => {
    const before = await stateOf(store)
    for (const atomic of [true, false]) {
      for (const operation of hidden) {
        const [outcome] = await view(directory).batch([operation], atomic, true)
        assert.ok(outcome && outcome.outcome !== 'refused', JSON.stringify(operation))
        const { identifier, email } = 'user' in operation ? operation.user : assert.fail()
        if (identifier !== undefined) assert.equal(outcome.user.identifier, identifier)
        if (email !== undefined) assert.equal(outcome.user.email, email)
      }
    }
    assert.deepEqual(await stateOf(store), before)
  })

  onTree('tells of those that it sees', async ({ directory }) => {
    const outcomes = await view(directory).batch([create('user-3'), create('user-1'), create('free')], false, true)
    assert.deepEqual(said(outcomes), ['refused', 'created', 'created'])
    assert.equal(reasonOf(outcomes[0]), 'taken')
  })

  onTree('is refused what it then really writes, and one who sees everything in the dry run already', async (tree) => {
    for (const operation of hidden) {
      const [real] = await view(tree.directory).batch([operation], false)
      assert.equal(reasonOf(real), 'taken', JSON.stringify(operation))
      const [seen] = await view(tree.directory, 'all').batch([operation], false, true)
      assert.ok(seen?.outcome === 'unchanged' || reasonOf(seen) === 'taken')
    }
  })
})
