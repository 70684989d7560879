import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openStore } from '../../src/storage/index.ts'
import type { RawRequest } from '../request.ts'
import { bearer, openNodes, type Nodes } from './nodes.ts'

const READS: readonly (Partial<RawRequest> & { readonly path: string })[] = [
  { path: '/v1/users' },
  { method: 'QUERY', path: '/v1/users', body: '{}' },
  { path: '/api/p/v1/users/list' },
  { path: '/user/v1/users' },
  { path: '/users' },
  { method: 'POST', path: '/sys-users.list', body: '{}' },
  { path: '/api/users' },
  { method: 'POST', path: '/v1/users', body: '{"identifier":"new"}' },
]

async function assertAway(nodes: Nodes, secret: string): Promise<void> {
  for (const request of READS) {
    const headers = { ...bearer(secret), 'content-type': 'application/json' }
    const answer = await nodes.all[0].send({ ...request, headers })
    assert.equal(answer.status, 503, `${request.path}: ${answer.text}`)
    assert.match(answer.headers['retry-after'] ?? '', /^[1-9]\d*$/, request.path)
    assert.doesNotThrow(() => JSON.parse(answer.text), request.path)
  }
}

describe('a server that cannot answer now', () => {
  it('says 503 and when to come back in every dialect, and which part is away, where its store is', async () => {
    const store = await openStore('sqlite::memory:')
    const nodes = await openNodes({ open: () => Promise.resolve(store) })
    const { secret } = await nodes.issue(['admin'])
    await store.close()
    await assertAway(nodes, secret)
    const ready = await nodes.all[0].send({ path: '/readyz' })
    assert.deepEqual([ready.status, ready.text], [503, '{"status":"not ready","database":"away"}\n'])
    assert.equal((await nodes.all[0].send({ path: '/healthz' })).status, 200)
    for (const node of nodes.all) await node.close()
  })

  it('says so too where it has too much to do, and goes on to answer probes', async () => {
    const store = await openStore('sqlite::memory:')
    const nodes = await openNodes({ open: () => Promise.resolve(store), settings: { inFlightMax: 0 } })
    const { secret } = await nodes.issue(['admin'])
    await assertAway(nodes, secret)
    assert.equal((await nodes.all[0].send({ path: '/readyz' })).status, 200)
    await nodes.close()
  })
})
