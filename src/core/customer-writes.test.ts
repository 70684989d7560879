import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { onTree, principal } from '../../test/model/directory.ts'
import { stateOf } from '../../test/model/state.ts'
import { CUSTOMER_DEPTH_MAX } from './limits.ts'

const all = principal(['customers:read', 'customers:write'])
const scoped = principal(['customers:read', 'customers:write'], 10)

describe('customers', () => {
  onTree('are written only with customers:write', async ({ directory }) => {
    const view = directory.as(principal(['customers:read', 'users:write']))
    const refused = { code: 'forbidden', reason: 'permission' } as const
    await assertRefused(view.createCustomer({ code: 'x' }), refused)
    await assertRefused(view.updateCustomer(10, { name: 'x' }), refused)
    await assertRefused(view.removeCustomer(20), refused)
  })

  onTree('are created, renamed, moved and removed', async ({ directory }) => {
    const view = directory.as(all)
    const made = await view.createCustomer({ code: 'new', parentId: 11 })
    assert.deepEqual([made.code, made.name, made.parentId], ['new', 'new', 11])
    const renamed = await view.updateCustomer(made.id, { name: 'New', code: 'neu' })
    assert.deepEqual([renamed.code, renamed.name, renamed.parentId], ['neu', 'New', 11])
    assert.equal((await view.updateCustomer(made.id, { parentId: 20 })).parentId, 20)
    assert.equal((await view.updateCustomer(made.id, { parentId: null })).parentId, null)
    await view.removeCustomer(made.id)
    await assertRefused(view.removeCustomer(made.id), { code: 'not_found' })
  })

  onTree('change only on condition, where there is one', async ({ directory }) => {
    const view = directory.as(all)
    const { revision } = await view.updateCustomer(10, { name: 'Ten' })
    await assertRefused(view.updateCustomer(10, { name: 'X' }, { ifRevision: revision - 1 }), {
      code: 'precondition_failed',
    })
    await assertRefused(view.removeCustomer(10, { ifRevision: revision - 1 }), { code: 'precondition_failed' })
    assert.equal((await view.updateCustomer(10, { name: 'Ten' }, { ifRevision: revision })).revision, revision)
  })

  onTree('are never moved below themselves', async ({ directory, store }) => {
    const before = await stateOf(store)
    for (const parentId of [1, 10, 11, 20]) {
      await assertRefused(directory.as(all).updateCustomer(1, { parentId }), { code: 'conflict', reason: 'cycle' })
    }
    await assertRefused(directory.as(all).updateCustomer(10, { parentId: 99 }), { code: 'invalid', name: 'parentId' })
    assert.deepEqual(await stateOf(store), before)
  })

  onTree('stay a forest when two moves meet', async ({ directory }) => {
    const view = directory.as(all)
    const outcomes = await Promise.allSettled([
      view.updateCustomer(10, { parentId: 20 }),
      view.updateCustomer(20, { parentId: 10 }),
    ])
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal((await view.customers()).within().length, 4)
  })

  onTree('are not removed while anything depends on them', async ({ directory }) => {
    for (const id of [1, 10, 11])
      await assertRefused(directory.as(all).removeCustomer(id), { code: 'conflict', reason: 'in_use' })
  })

  onTree('are nested no deeper than the limit, neither by creation nor by a move', async ({ directory }) => {
    const view = directory.as(all)
    const below = directory.as(scoped)
    let parentId = 11
    for (let depth = 4; depth <= CUSTOMER_DEPTH_MAX; depth++)
      parentId = (await below.createCustomer({ code: `d${depth}`, parentId })).id
    const tooDeep = { code: 'invalid', reason: 'range', name: 'parentId' } as const
    await assertRefused(view.createCustomer({ code: 'x', parentId }), tooDeep)
    await assertRefused(below.createCustomer({ code: 'x', parentId }), tooDeep)
    const made = await view.createCustomer({ code: 'y' })
    await assertRefused(view.updateCustomer(made.id, { parentId }), tooDeep)
    await assertRefused(view.updateCustomer(10, { parentId: 20 }), tooDeep)
    await assertRefused(view.updateCustomer(1, { parentId: made.id }), tooDeep)
    assert.equal((await view.updateCustomer(10, { parentId: made.id })).parentId, made.id)
  })

  onTree('have codes and names of a bounded length', async ({ directory }) => {
    const view = directory.as(all)
    for (const code of ['', ' ', 'x'.repeat(257), 'a\0', '\ud800'])
      await assertRefused(view.createCustomer({ code }), { code: 'invalid', name: 'code' })
    await assertRefused(view.createCustomer({ name: 'x' }), { code: 'invalid', reason: 'missing', name: 'code' })
    await assertRefused(view.createCustomer({ code: 'C-10' }), { code: 'conflict', reason: 'taken', name: 'code' })
    for (const id of [0, -1, 1.5, 2 ** 53])
      await assertRefused(view.createCustomer({ code: 'x', id }), { code: 'invalid', name: 'id' })
    assert.equal((await view.createCustomer({ code: 'e\u0301' })).code, 'é')
  })
})

describe('a caller with a scope', () => {
  onTree('changes customers within it only, and its own place never', async ({ directory, store }) => {
    const view = directory.as(scoped)
    for (const id of [1, 20, 99]) {
      await assertRefused(view.updateCustomer(id, { name: 'x' }), { code: 'not_found' })
      await assertRefused(view.removeCustomer(id), { code: 'not_found' })
      await assertRefused(view.createCustomer({ code: 'x', parentId: id }), { code: 'invalid', name: 'parentId' })
      await assertRefused(view.updateCustomer(11, { parentId: id }), { code: 'invalid', name: 'parentId' })
      await assertRefused(view.updateCustomer(10, { parentId: id }), { code: 'invalid', name: 'parentId' })
    }
    await assertRefused(view.createCustomer({ code: 'x' }), { code: 'forbidden', reason: 'scope' })
    await assertRefused(view.updateCustomer(11, { parentId: null }), { code: 'forbidden', reason: 'scope' })
    assert.equal((await view.updateCustomer(10, { name: 'Ten', parentId: null })).name, 'Ten')
    assert.equal((await store.customers()).get(10)?.parentId, 1)
    assert.equal((await view.createCustomer({ code: 'x', parentId: 11 })).parentId, 11)
  })

  onTree('is not shown what is above its customer by a change of it either', async ({ directory }) => {
    assert.equal((await directory.as(scoped).updateCustomer(10, { name: 'Ten' })).parentId, null)
  })
})
