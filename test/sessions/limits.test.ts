import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PASSWORD, withSessions, type SessionServer } from './browser.ts'

const options = { failuresPerMinute: 1000 }

async function tries({ page }: SessionServer, times: number, identifier: string, password: string) {
  const answers = await Promise.all(
    Array.from({ length: times }, () => page('POST', '/v1/session', undefined, { identifier, password })),
  )
  return answers.map(({ status }) => status)
}

describe('somebody who guesses a password', () => {
  it('has ten tries in a quarter of an hour, however the name is written, and then not even the right one helps', () =>
    withSessions(async (server) => {
      const statuses: number[] = []
      for (const identifier of ['zoe', 'ZOE', 'Zoe', 'zoë']) {
        for (let n = 0; n < 3; n++) statuses.push(...(await tries(server, 1, identifier, 'wrong')))
      }
      assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429, 429])
      const refused = await server.page('POST', '/v1/session', undefined, { identifier: 'zoe', password: PASSWORD })
      assert.equal(refused.status, 429)
      const after = Number(refused.headers['retry-after'])
      assert.ok(after > 600 && after <= 1000, `retry after ${after}`)
      // Somebody else is let in.
      assert.deepEqual(await tries(server, 1, 'yan', PASSWORD), [201])
    }, options))

  it('has no more of them by trying many at once', () =>
    withSessions(async (server) => {
      const statuses = await tries(server, 40, 'zoe', 'wrong')
      assert.equal(statuses.filter((status) => status === 401).length, 10)
      assert.equal(statuses.filter((status) => status === 429).length, 30)
    }, options))

  it('is told the same of somebody there is not', () =>
    withSessions(async (server) => {
      const statuses = await tries(server, 12, 'nobody', 'wrong')
      assert.equal(statuses.filter((status) => status === 429).length, 2)
    }, options))

  it('is not who is right, however often', () =>
    withSessions(async (server) => {
      for (let n = 0; n < 15; n++) assert.deepEqual(await tries(server, 1, 'zoe', PASSWORD), [201])
    }, options))

  it('is as limited in changing the password of a session that was left open', () =>
    withSessions(async (server) => {
      const cookie = await server.signIn('zoe')
      const change = (current: string, next = 'another password') =>
        server.page('PUT', '/v1/me/password', cookie, { current, new: next })
      for (let n = 0; n < 3; n++) assert.equal((await change(PASSWORD, 'short')).status, 400)
      for (let n = 0; n < 10; n++) assert.equal((await change(`wrong ${n}`)).status, 400)
      assert.equal((await change(PASSWORD)).status, 429)
    }, options))

  it('is counted among the failures of the address', () =>
    withSessions(
      async (server) => {
        const names = ['one', 'two', 'three', 'four', 'five']
        const statuses: number[] = []
        for (const name of names) statuses.push(...(await tries(server, 1, name, 'wrong')))
        assert.deepEqual(statuses, [401, 401, 401, 429, 429])
        assert.equal((await server.page('POST', '/v1/session', undefined, { token: 'rc_wrong' })).status, 429)
      },
      { failuresPerMinute: 3 },
    ))
})

describe('somebody who is let in', () => {
  it('is let in a hundred times in a quarter of an hour, with one token as with one name', () =>
    withSessions(async (server) => {
      const token = server.tokens.reader?.secret
      const open = async () => (await server.page('POST', '/v1/session', undefined, { token })).status
      const statuses: number[] = []
      for (let n = 0; n < 102; n++) statuses.push(await open())
      assert.deepEqual(statuses, [...Array<number>(100).fill(201), 429, 429])
    }, options))

  it('has no more requests by signing in again', () =>
    withSessions(
      async (server) => {
        const left = async () => {
          const { headers } = await server.page('GET', '/v1/me', await server.signIn('zoe'))
          return /r=(\d+)/.exec(String(headers['ratelimit']))?.[1]
        }
        assert.deepEqual([await left(), await left(), await left()], ['49', '48', '47'])
      },
      { requestsPerMinute: 50 },
    ))
})
