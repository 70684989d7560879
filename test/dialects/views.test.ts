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

  it('are not mixed up between users who may the same, at one revision and however often they are asked for', async () => {
    const people = await Promise.all(
      ['one', 'other'].map(async (identifier) => {
        const { id: userId } = await viewOf(null).createUser({ identifier })
        const draft = { name: 'reads', userId, permissions: ['users:read'], scope: 'all', expiresAt: null } as const
        const { secret } = await viewOf(null).issueToken(draft)
        const { id } = await viewOf(userId).createSavedView({ name: `Of ${identifier}`, query: '', isShared: false })
        return { secret, id, userId }
      }),
    )
    const get = (path: string, secret: string, etag = '') =>
      server.send({ method: 'GET', path, headers: { authorization: `Bearer ${secret}`, 'if-none-match': etag } })
    const tags = new Set<string | undefined>()
    for (const { secret, userId, id } of [...people, ...people]) {
      const { text, headers } = await get('/v1/views', secret)
      const { views } = JSON.parse(text) as { readonly views: readonly { userId: string; isShared: boolean }[] }
      assert.deepEqual(
        views.filter(({ isShared }) => !isShared).map((view) => view.userId),
        [userId],
      )
      tags.add(headers['etag'])
      assert.equal((await get('/v1/views', secret, headers['etag'])).status, 304)
      for (const asking of people) {
        const { status } = await get(`/v1/views/${id}`, asking.secret)
        assert.equal(status, asking.userId === userId ? 200 : 404)
      }
    }
    assert.equal(tags.size, 2)
  })

  it('are changed and removed only as the version that is insisted on, where one is', async () => {
    const view = viewOf((await viewOf(null).user({ identifier: 'admin' })).id)
    const made = await view.createSavedView({ name: 'Version', query: '', isShared: false })
    const before = { ifRevision: made.revision - 1 }
    await assert.rejects(view.updateSavedView(made.id, { name: 'x' }, before), { code: 'precondition_failed' })
    await assert.rejects(view.removeSavedView(made.id, before), { code: 'precondition_failed' })
    assert.deepEqual(await view.savedView(made.id), made)
    const { revision } = await view.updateSavedView(made.id, { name: 'x' }, { ifRevision: made.revision })
    await view.removeSavedView(made.id, { ifRevision: revision })
    await assert.rejects(view.savedView(made.id), { code: 'not_found' })
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
