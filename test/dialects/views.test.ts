import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { SAVED_VIEWS_MAX } from '../../src/core/limits.ts'
import { operator } from '../../src/core/principal.ts'
import { startRollcall, type Rollcall } from '../harness.ts'

const ADMINISTRATOR = '7a1506b9-9ce4-43f9-a6f0-e94ef4252277'

describe('saved views', () => {
  let server: Rollcall
  before(async () => {
    server = await startRollcall({ users: 20 })
  })
  after(() => server.stop())

  const viewOf = (userId: string | null) => server.directory.as({ ...operator(1), userId })

  it('are as many as a user may have, and no more until one is gone', async () => {
    const view = viewOf(ADMINISTRATOR)
    for (let n = 0; n < SAVED_VIEWS_MAX; n++) {
      await view.createSavedView({ name: `View ${n}`, query: '', isShared: false })
    }
    const more = { name: 'One more', query: '', isShared: false }
    await assert.rejects(view.createSavedView(more), { code: 'conflict' })
    const [first] = await view.savedViews()
    await view.removeSavedView(first?.id ?? '')
    await view.createSavedView(more)
    assert.equal((await view.savedViews()).length, SAVED_VIEWS_MAX)
  })

  it('are a user’s: the operator on the command line has none', async () => {
    await assert.rejects(viewOf(null).createSavedView({ name: 'x', query: '', isShared: false }), { code: 'invalid' })
  })

  it('take texts up to their limits, and change only where they are told to', async () => {
    const view = viewOf((await viewOf(null).user({ identifier: 'admin' })).id)
    const made = await view.createSavedView({ name: 'n'.repeat(256), query: 'q'.repeat(8000), isShared: false })
    for (const change of [{ name: 'n'.repeat(257) }, { query: 'q'.repeat(8001) }, { name: '' }, { name: '\0' }]) {
      await assert.rejects(view.updateSavedView(made.id, change), { code: 'invalid' })
    }
    const changed = await view.updateSavedView(made.id, { isShared: true })
    const { updatedAt, revision } = changed
    assert.deepEqual(changed, { ...made, isShared: true, updatedAt, revision })
    assert.deepEqual(await view.updateSavedView(made.id, { isShared: true }), changed)
    assert.equal(await view.revision(), revision)
  })
})
