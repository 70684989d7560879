import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Store } from '../../src/core/store.ts'
import { openStore } from '../../src/storage/index.ts'
import type { RawAnswer, RawRequest } from '../request.ts'
import { bearer, openNodes, type Nodes } from './nodes.ts'

/** A store whose lists come from a copy that stays behind, as from a replica, unless a later revision is wanted. */
function withCopy(store: Store, copy: () => Store | null): Store {
  const from = async (minRevision = 0): Promise<Store> => {
    const behind = copy()
    return behind !== null && (await behind.revision()) >= minRevision ? behind : store
  }
  return {
    ...store,
    users: async (query) => (await from(query.minRevision)).users(query),
    documents: async (query, metadata) => (await from(query.minRevision)).documents(query, metadata),
  }
}

/** One read of each dialect. */
const READS: readonly (readonly [string, Partial<RawRequest> & { readonly path: string }])[] = [
  ['rollcall', { path: '/v1/users?limit=2' }],
  ['rollcall by QUERY', { method: 'QUERY', path: '/v1/users', body: '{"limit":2}' }],
  ['alvys', { path: '/api/p/v1/users/list' }],
  ['nameshield', { path: '/user/v1/users?limit=2' }],
  ['d3lay', { path: '/users?page_size=2' }],
  ['devrev', { method: 'POST', path: '/sys-users.list', body: '{"limit":2}' }],
  ['plaspy', { path: '/api/users' }],
]

describe('a node whose lists may come from a copy that is behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-nodes-'))
  let nodes: Nodes
  let behind: Store | null = null
  let headers: Readonly<Record<string, string>>
  before(async () => {
    const file = join(folder, 'rollcall.db')
    const store = await openStore(`sqlite:${file}`)
    const seen = withCopy(store, () => behind)
    nodes = await openNodes({ open: () => Promise.resolve(seen), users: 200 })
    const { secret } = await nodes.issue(['admin'])
    headers = { ...bearer(secret), 'content-type': 'application/json' }
    copyFileSync(file, join(folder, 'copy.db'))
    copyFileSync(`${file}-wal`, join(folder, 'copy.db-wal'))
    behind = await openStore(`sqlite:${join(folder, 'copy.db')}`)
    await nodes.view.createUser({ identifier: 'aaa-new', familyName: 'Aaa', fullName: 'Aaa New' })
  })
  after(async () => {
    await behind?.close()
    await nodes.close()
    rmSync(folder, { recursive: true })
  })
  const ask = (request: Partial<RawRequest> & { readonly path: string }, more: Record<string, string> = {}) =>
    nodes.all[0].send({ ...request, headers: { ...headers, ...more } })
  const totalOf = ({ text }: RawAnswer) => (JSON.parse(text) as { total: number }).total
  const revisionOf = ({ text }: RawAnswer) => (JSON.parse(text) as { revision: number }).revision

  it('answers from it where no revision is asked for, and keeps nothing of that as new', async () => {
    const newest = await nodes.view.revision()
    const first = await ask({ path: '/v1/users?limit=1' })
    assert.equal(revisionOf(first), newest - 1)
    assert.equal(first.headers['etag'], undefined)
    const wanted = await ask({ path: '/v1/users?limit=1' }, { 'if-min-revision': String(newest) })
    assert.equal(revisionOf(wanted), newest)
    assert.equal(totalOf(wanted), totalOf(first) + 1)
    assert.notEqual(wanted.headers['etag'], undefined)
    // What is kept is the newest revision's, and good for those who ask for none.
    assert.equal(revisionOf(await ask({ path: '/v1/users?limit=1' })), newest)
  })

  it('keeps nothing of it in dialects that do not tell a revision either', async () => {
    const newest = await nodes.view.revision()
    const list = { path: '/user/v1/users?lastname=Aaa' }
    const found = ({ text }: RawAnswer) => text.includes('aaa-new') || text.includes('"Aaa"')
    const first = await ask(list)
    assert.equal(first.headers['etag'], undefined)
    assert.equal(found(first), false)
    assert.equal(found(await ask(list, { 'if-min-revision': String(newest) })), true)
    assert.equal(found(await ask(list)), true)
  })

  it('goes on from a cursor at the revision the cursor was made at, or later', async () => {
    const newest = await nodes.view.revision()
    const page = { path: '/v1/users?limit=2&count=none' }
    const fresh = await ask(page, { 'if-min-revision': String(newest) })
    const { page: place } = JSON.parse(fresh.text) as { page: { next: string } }
    const next = await ask({ path: `${page.path}&cursor=${place.next}` })
    assert.equal(revisionOf(next), newest)
    assert.equal(revisionOf(await ask({ path: '/v1/users?limit=3&count=none' })), newest - 1)
  })

  for (const [dialect, request] of READS) {
    it(`takes If-Min-Revision in ${dialect}, and refuses one that nobody has or that is none`, async () => {
      const newest = await nodes.view.revision()
      const answer = await ask(request, { 'if-min-revision': String(newest) })
      assert.equal(answer.status, 200, answer.text)
      assert.equal((await ask(request, { 'if-min-revision': '0' })).status, 200)
      const early = await ask(request, { 'if-min-revision': String(newest + 1) })
      assert.equal(early.status, 412)
      assert.match(early.text, new RegExp(`at revision ${newest}, and If-Min-Revision wants ${newest + 1}`))
      for (const wrong of ['-1', 'x', '1.5', '', '1, 2', '9'.repeat(30)]) {
        const refused = await ask(request, { 'if-min-revision': wrong })
        assert.equal(refused.status, 400, wrong)
        assert.match(refused.text, /If-Min-Revision/)
      }
    })
  }

  it('sees what was written a moment ago on the other node', async () => {
    for (let round = 0; round < 5; round++) {
      const body = JSON.stringify({ identifier: `moment-${round}` })
      const made = await nodes.all[1].send({ method: 'POST', path: '/v1/users', headers, body })
      const { revision } = JSON.parse(made.text) as { revision: number }
      const path = `/v1/users?identifier=moment-${round}`
      assert.equal(totalOf(await ask({ path }, { 'if-min-revision': String(revision) })), 1)
    }
  })
})

describe('a cursor', () => {
  it('of a revision that is gone is refused, as when a directory was set back to a copy', async () => {
    const store = await openStore('sqlite::memory:')
    let offset = 100
    const ahead: Store = {
      ...store,
      revision: async () => (await store.revision()) + offset,
      documents: async (query, metadata) => {
        const page = await store.documents({ ...query, minRevision: 0 }, metadata)
        return { ...page, revision: page.revision + offset }
      },
    }
    const nodes = await openNodes({ open: () => Promise.resolve(ahead), users: 200 })
    const { secret } = await nodes.issue()
    const first = await nodes.all[0].send({ path: '/v1/users?limit=2', headers: bearer(secret) })
    const { page } = JSON.parse(first.text) as { page: { next: string } }
    const next = { path: `/v1/users?limit=2&cursor=${page.next}`, headers: bearer(secret) }
    assert.equal((await nodes.all[1].send(next)).status, 200)
    offset = 0
    const refused = await nodes.all[1].send(next)
    assert.equal(refused.status, 400)
    assert.match(refused.text, /invalid-cursor/)
    await nodes.close()
  })
})
