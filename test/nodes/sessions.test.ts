import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openPostgres } from '../../src/storage/postgres/open.ts'
import { lendDatabase } from '../postgres/stores.ts'
import { openNodes, type Node, type Nodes } from './nodes.ts'

const PASSWORD = 'correct horse battery staple'
const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'x-rollcall-console': '1', 'content-type': 'application/json' }

const setUp = (node: Node, secret: string, identifier: string) =>
  node.send({
    method: 'POST',
    path: '/v1/setup',
    headers: OWN_PAGE,
    body: JSON.stringify({ secret, user: { identifier }, password: PASSWORD }),
  })

const signIn = async (node: Node, password = PASSWORD) => {
  const body = JSON.stringify({ identifier: 'ada', password })
  const { status, headers } = await node.send({ method: 'POST', path: '/v1/session', headers: OWN_PAGE, body })
  return { status, cookie: (headers['set-cookie'] ?? '').split(';')[0] ?? '' }
}

const me = async (node: Node, cookie: string) => (await node.send({ path: '/v1/me', headers: { cookie } })).status

describe('sessions of several nodes over one PostgreSQL database', () => {
  let nodes: Nodes
  let drop: () => Promise<void>
  before(async () => {
    const database = await lendDatabase()
    drop = database.drop
    nodes = await openNodes({ open: () => openPostgres(database.url) })
  })
  after(async () => {
    await nodes.close()
    await drop()
  })

  it('begin with one administrator, whichever node a link is used at, and how many are used at once', async () => {
    const [one, other] = nodes.all
    const ended = await nodes.view.issueSetUpLink()
    const { secret } = await nodes.view.issueSetUpLink()
    const answers = await Promise.all([
      setUp(one, ended.secret, 'ada'),
      setUp(other, secret, 'ada'),
      setUp(one, secret, 'ada'),
      setUp(other, secret, 'ada'),
    ])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401, 401, 401])
    assert.equal(answers[0].status, 401)
    const rights = await nodes.view.tokens({ use: 'sign-in' })
    assert.deepEqual([rights.length, (await nodes.view.tokens({ use: 'session' })).length], [1, 1])
  })

  it('are good at all nodes, and at none any more at once', async () => {
    const [one, other] = nodes.all
    for (let round = 0; round < 5; round++) {
      const { status, cookie } = await signIn(round % 2 ? one : other)
      assert.equal(status, 201)
      for (const node of nodes.all) assert.equal(await me(node, cookie), 200)
      const ended = await one.send({ method: 'DELETE', path: '/v1/session', headers: { ...OWN_PAGE, cookie } })
      assert.equal(ended.status, 204)
      for (const node of [other, one]) assert.equal(await me(node, cookie), 401)
    }
  })

  it('end with the password at all nodes, and with the right to sign in', async () => {
    const [one, other] = nodes.all
    const [own, elsewhere] = [await signIn(one), await signIn(other)]
    const next = 'another password'
    const changed = await one.send({
      method: 'PUT',
      path: '/v1/me/password',
      headers: { ...OWN_PAGE, cookie: own.cookie },
      body: JSON.stringify({ current: PASSWORD, new: next }),
    })
    assert.equal(changed.status, 204)
    assert.deepEqual([await me(other, own.cookie), await me(other, elsewhere.cookie)], [200, 401])
    assert.deepEqual([(await signIn(other)).status, (await signIn(other, next)).status], [401, 201])
    const [right] = (await nodes.view.tokens({ use: 'sign-in' })).filter(({ revokedAt }) => revokedAt === null)
    await nodes.view.removeSignIn(right?.userId ?? '')
    assert.equal(await me(one, own.cookie), 401)
    assert.equal((await signIn(one, next)).status, 401)
  })

  it('are opened by nobody twice where a right is given by two at once', async () => {
    const { users } = await nodes.view.users({ page: { offset: 0, limit: 5 } })
    const ada = users.find(({ identifier }) => identifier === 'ada')
    const giving = Array.from({ length: 6 }, (_, n) =>
      nodes.view.putSignIn(ada?.id ?? '', { permissions: n % 2 ? ['admin'] : [], scope: 'all', password: PASSWORD }),
    )
    await Promise.allSettled(giving)
    const live = (await nodes.view.tokens({ use: 'sign-in' })).filter(({ revokedAt }) => revokedAt === null)
    assert.equal(live.length, 1)
  })
})
