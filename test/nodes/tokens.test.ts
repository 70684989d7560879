import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Store } from '../../src/core/store.ts'
import { openPostgres } from '../../src/storage/postgres/open.ts'
import { openStore } from '../../src/storage/index.ts'
import { lendDatabase } from '../postgres/stores.ts'
import { bearer, openNodes, until, type Nodes } from './nodes.ts'

const places: readonly (readonly [string, () => Promise<{ open: () => Promise<Store>; drop: () => Promise<void> }>])[] =
  [
    [
      'one store',
      async () => {
        const store = await openStore('sqlite::memory:')
        return { open: () => Promise.resolve(store), drop: () => Promise.resolve() }
      },
    ],
    [
      'one PostgreSQL database',
      async () => {
        const { url, drop } = await lendDatabase()
        return { open: () => openPostgres(url), drop }
      },
    ],
  ]

for (const [where, place] of places) {
  describe(`tokens of several nodes over ${where}`, () => {
    let nodes: Nodes
    let drop: () => Promise<void>
    before(async () => {
      const opened = await place()
      drop = opened.drop
      nodes = await openNodes({ open: opened.open, users: 2000 })
    })
    after(async () => {
      await nodes.close()
      await drop()
    })

    it('are revoked on all at once', async () => {
      const admin = await nodes.issue(['admin'])
      for (let round = 0; round < 10; round++) {
        const { id, secret } = await nodes.issue()
        for (const node of nodes.all) {
          assert.equal((await node.send({ path: '/v1/users?limit=1', headers: bearer(secret) })).status, 200)
        }
        const [one, other] = round % 2 ? nodes.all : ([nodes.all[1], nodes.all[0]] as const)
        const revoked = await one.send({ method: 'DELETE', path: `/v1/tokens/${id}`, headers: bearer(admin.secret) })
        assert.equal(revoked.status, 200)
        assert.equal((await other.send({ path: '/v1/users?limit=1', headers: bearer(secret) })).status, 401)
        assert.equal((await one.send({ path: '/v1/users?limit=1', headers: bearer(secret) })).status, 401)
      }
    })

    it('signed by one node are known to the other, and go with the token they stand for', async () => {
      const [one, other] = nodes.all
      const { id, secret } = await nodes.issue()
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const issued = await one.send({ method: 'POST', path: '/oauth/token', headers, body: body.toString() })
      const { access_token: signed } = JSON.parse(issued.text) as { access_token: string }
      assert.equal((await other.send({ path: '/v1/me', headers: bearer(signed) })).status, 200)
      await nodes.view.revokeToken(id)
      assert.equal((await other.send({ path: '/v1/me', headers: bearer(signed) })).status, 401)
    })

    it('make cursors that the other node takes', async () => {
      const [one, other] = nodes.all
      const { secret } = await nodes.issue()
      const seen = new Set<string>()
      let cursor: string | null = ''
      for (let page = 0; cursor !== null; page++) {
        const path = `/v1/users?limit=300&sort=familyName${cursor === '' ? '' : `&cursor=${cursor}`}`
        const { status, text } = await (page % 2 ? one : other).send({ path, headers: bearer(secret) })
        assert.equal(status, 200, text)
        const { users, page: place } = JSON.parse(text) as { users: { id: string }[]; page: { next?: string } }
        for (const { id } of users) seen.add(id)
        cursor = place.next ?? null
      }
      const { text } = await one.send({ path: '/v1/users?limit=1', headers: bearer(secret) })
      assert.equal(seen.size, (JSON.parse(text) as { total: number }).total)
    })

    it('are counted together', async () => {
      const { secret } = await nodes.issue(['users:read'])
      const usageAt = async (index: 0 | 1): Promise<number> => {
        const { text } = await nodes.all[index].send({ path: '/api/users?limit=1', headers: bearer(secret) })
        return (JSON.parse(text) as { apiUsage: number }).apiUsage
      }
      const before = await usageAt(0)
      for (let index = 0; index < 7; index++) {
        await nodes.all[1].send({ path: '/v1/me', headers: bearer(secret) })
      }
      let own = 1
      await until(async () => (await usageAt(0)) >= before + 7 + own++)
    })
  })
}
