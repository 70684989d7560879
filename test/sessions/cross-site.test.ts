import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dialects } from '../../src/dialects/index.ts'
import { DEFAULT_DIALECT_SETTINGS } from '../../src/dialects/settings.ts'
import { OWN_PAGE, withSessions } from './browser.ts'

const HOST = 'directory.example.com'
const JSON_TYPE = { 'content-type': 'application/json' }

/** What other sites can make a browser send, and what comes from no browser. */
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'x-rollcall-console': '1' },
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-origin', 'x-rollcall-console': 'true' },
  { 'sec-fetch-site': 'same-origin', 'x-rollcall-console': '' },
  { 'sec-fetch-site': 'cross-site', 'x-rollcall-console': '1' },
  { 'sec-fetch-site': 'same-site', 'x-rollcall-console': '1' },
  { 'sec-fetch-site': 'none', 'x-rollcall-console': '1' },
  // What the browser says of the site comes before what it says of the origin.
  { 'sec-fetch-site': 'cross-site', 'x-rollcall-console': '1', host: HOST, origin: `http://${HOST}` },
  { 'x-rollcall-console': '1', host: HOST, origin: 'http://evil.example' },
  { 'x-rollcall-console': '1', host: HOST, origin: `https://${HOST}` },
  { 'x-rollcall-console': '1', host: HOST, origin: `http://${HOST}:81` },
  { 'x-rollcall-console': '1', host: HOST, origin: 'null' },
  { 'x-rollcall-console': '1', host: HOST, origin: '' },
  { host: HOST, origin: `http://${HOST}` },
]

const OWN: readonly Readonly<Record<string, string>>[] = [
  OWN_PAGE,
  { 'x-rollcall-console': '1', host: HOST, origin: `http://${HOST}` },
]

describe('a session', () => {
  it('changes nothing for a request that another site may have made the browser send', () =>
    withSessions(async ({ send, signIn, directory }) => {
      const cookie = await signIn('zoe')
      const revision = await directory.revision()
      const writes = [
        ['POST', '/v1/users', '{"identifier":"x"}'],
        ['PUT', '/v1/users/5ec2c050-7aa8-48b4-98d7-7c972dfabf6f', '{"identifier":"x"}'],
        ['PATCH', '/v1/users/5ec2c050-7aa8-48b4-98d7-7c972dfabf6f', '{"role":"x"}'],
        ['DELETE', '/v1/users/5ec2c050-7aa8-48b4-98d7-7c972dfabf6f', null],
        ['POST', '/v1/tokens', '{}'],
        ['DELETE', '/v1/session', null],
        ['PUT', '/v1/me/password', '{}'],
      ] as const
      for (const headers of FOREIGN) {
        for (const [method, path, body] of writes) {
          const answer = await send({ method, path, headers: { cookie, ...JSON_TYPE, ...headers }, body })
          assert.equal(answer.status, 403, `${method} ${path} ${JSON.stringify(headers)}: ${answer.text}`)
          assert.equal((JSON.parse(answer.text) as { readonly type: string }).type, '/problems/cross-site')
        }
      }
      assert.equal(await directory.revision(), revision)
    }))

  it('changes what a page of the server asks for', () =>
    withSessions(async ({ send, signIn }) => {
      const cookie = await signIn('zoe')
      for (const [index, headers] of OWN.entries()) {
        const body = JSON.stringify({ identifier: `new-${index}` })
        const answer = await send({
          method: 'POST',
          path: '/v1/users',
          headers: { cookie, ...JSON_TYPE, ...headers },
          body,
        })
        assert.equal(answer.status, 201, answer.text)
      }
    }))

  it('is no session where the cookie is wrong: who is unknown is not told anything else', () =>
    withSessions(async ({ send }) => {
      const cookie = `rollcall-session=rc_${'0'.repeat(49)}`
      const headers = { cookie, ...JSON_TYPE, ...OWN_PAGE }
      assert.equal((await send({ method: 'POST', path: '/v1/users', headers, body: '{}' })).status, 401)
    }))

  it('reads without more', () =>
    withSessions(async ({ send, signIn }) => {
      const cookie = await signIn('zoe')
      for (const method of ['GET', 'HEAD']) {
        assert.equal((await send({ method, path: '/v1/users?limit=1', headers: { cookie } })).status, 200)
      }
      const query = { method: 'QUERY', path: '/v1/users', body: '{"limit":1}' }
      assert.equal((await send({ ...query, headers: { cookie, ...JSON_TYPE } })).status, 403)
      assert.equal((await send({ ...query, headers: { cookie, ...JSON_TYPE, ...OWN_PAGE } })).status, 200)
    }))

  it('is held to this in every dialect, on every route that is not read with GET', () =>
    withSessions(async ({ send, signIn, directory }) => {
      const cookie = await signIn('zoe')
      const revision = await directory.revision()
      let tried = 0
      for (const { name, routes } of dialects(DEFAULT_DIALECT_SETTINGS)) {
        for (const { method, path, access } of routes) {
          if (access === 'public' || method === 'GET') continue
          tried += 1
          const to = path.replace(/:version/, '1').replace(/:\w+/g, '5ec2c050-7aa8-48b4-98d7-7c972dfabf6f')
          const answer = await send({ method, path: to, headers: { cookie, ...JSON_TYPE }, body: '{}' })
          assert.equal(answer.status, 403, `${name} ${method} ${to}: ${answer.text}`)
        }
      }
      assert.ok(tried > 20)
      assert.equal(await directory.revision(), revision)
    }))
})
