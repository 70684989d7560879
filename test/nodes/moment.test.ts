import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openStore } from '../../src/storage/index.ts'
import { openProxy, type Proxy } from '../postgres/proxy.ts'
import { lendDatabase, type LentDatabase } from '../postgres/stores.ts'
import { bearer, openNodes, type Nodes } from './nodes.ts'

const READERS = 24
const WRITES = 50
/** Long enough for a write while a question of the reading node is under way. */
const LAG_MS = 8
const rateLimits = { profile: 'default', requestsPerMinute: 0, failuresPerMinute: 0 } as const

describe('a read on one node that begins when a write on another is answered', () => {
  let lent: LentDatabase
  let proxy: Proxy
  let nodes: Nodes
  before(async () => {
    lent = await lendDatabase()
    proxy = await openProxy(lent.url)
    const urls = [lent.url, proxy.through(lent.url)]
    nodes = await openNodes({ open: () => openStore(urls.shift() ?? ''), users: 20, settings: { rateLimits } })
    proxy.lag(LAG_MS)
  })
  after(async () => {
    await nodes.close()
    proxy.close()
    await lent.drop()
  })

  it('shows it, however many others ask at the same time and share its questions', async () => {
    const { secret } = await nodes.issue(['admin'])
    const headers = { ...bearer(secret), 'content-type': 'application/json' }
    const [writing, reading] = nodes.all
    const newest = async () => {
      const { text } = await reading.send({ path: '/v1/users?limit=1', headers })
      return (JSON.parse(text) as { revision: number }).revision
    }
    let isOver = false
    const readers = Array.from({ length: READERS }, async () => {
      for (let last = 0; !isOver;) {
        const revision = await newest()
        assert.ok(revision >= last)
        last = revision
      }
    })
    try {
      for (let write = 0; write < WRITES; write++) {
        const body = JSON.stringify({ identifier: `moment-${write}` })
        const made = await writing.send({ method: 'POST', path: '/v1/users', headers, body })
        assert.equal(made.status, 201, made.text)
        const { revision } = JSON.parse(made.text) as { revision: number }
        for (const shown of await Promise.all([newest(), newest(), newest()])) assert.ok(shown >= revision)
      }
    } finally {
      isOver = true
      await Promise.all(readers)
    }
  })
})
