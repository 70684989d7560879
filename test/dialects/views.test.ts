import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { SAVED_VIEWS_MAX } from '../../src/core/limits.ts'
import { operator, type Permission, type Principal } from '../../src/core/principal.ts'
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

  it('are shared with, and by, those only who may read users', async () => {
    const { id: owner } = await viewOf(null).user({ identifier: 'admin' })
    const as = (userId: string, permissions: readonly Permission[], scope: Principal['scope'] = 'all') =>
      server.directory.as({ ...operator(1), userId, permissions: new Set(permissions), scope })
    // Two of one millisecond come in either order.
    const names = async (view: ReturnType<typeof as>) => (await view.savedViews()).map(({ name }) => name).sort()
    const [draft, other] = [{ name: 'Shared', query: 'search=ann', isShared: true }, ADMINISTRATOR]
    const forbidden = { code: 'forbidden', permission: 'users:read' } as const
    await assert.rejects(as(owner, ['users:write']).createSavedView(draft), forbidden)
    const kept = await as(owner, ['users:write']).createSavedView({ ...draft, name: 'Private', isShared: false })
    await assert.rejects(as(owner, ['users:write']).updateSavedView(kept.id, { isShared: true }), forbidden)
    const shared = await as(owner, ['users:read']).createSavedView(draft)
    assert.deepEqual(await names(as(owner, [])), ['Private', 'Shared'])
    assert.deepEqual(await names(as(owner, [], 1)), ['Shared'])
    assert.deepEqual(await names(as(owner, ['users:read'], 1)), ['Private', 'Shared'])
    assert.ok((await names(as(other, ['users:read']))).includes('Shared'))
    assert.ok(!(await names(as(other, ['users:write']))).includes('Shared'))
    const hidden = { code: 'not_found' } as const
    await assert.rejects(as(owner, [], 1).updateSavedView(kept.id, { name: 'x' }), hidden)
    await assert.rejects(as(other, ['users:write']).removeSavedView(shared.id), hidden)
    await as(owner, []).updateSavedView(shared.id, { isShared: false })
    await as(owner, []).removeSavedView(shared.id)
    await as(owner, []).removeSavedView(kept.id)
  })

  it('are written sixty times a minute by one user, whichever token does it', async () => {
    const write = (secret: string) =>
      server.send({
        method: 'DELETE',
        path: `/v1/views/${ADMINISTRATOR}`,
        headers: { authorization: `Bearer ${secret}` },
      })
    const { id: userId } = await viewOf(null).user({ identifier: 'admin' })
    const issued = async () => {
      const draft = { name: 'reads', userId, permissions: ['users:read'], scope: 'all', expiresAt: null } as const
      return (await viewOf(null).issueToken(draft)).secret
    }
    const [one, other] = [await issued(), await issued()]
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => write(n % 2 === 0 ? one : other)))
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [404])
    for (const secret of [one, other]) {
      const { status, headers } = await write(secret)
      assert.equal(status, 429)
      assert.ok(Number(headers['retry-after']) > 0)
    }
    const read = { method: 'GET', path: '/v1/views', headers: { authorization: `Bearer ${one}` } }
    assert.equal((await server.send(read)).status, 200)
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
