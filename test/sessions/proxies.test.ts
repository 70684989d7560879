import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { OWN_PAGE, PASSWORD, withSessions, type SessionServer } from './browser.ts'

const TRUSTED = { trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] }
const [ANN, BOB] = ['203.0.113.7', '2001:db8::7']

type Headers = Readonly<Record<string, string>>

function signIn({ send }: SessionServer, headers: Headers, password = PASSWORD, identifier = 'zoe') {
  return send({
    method: 'POST',
    path: '/v1/session',
    headers: { ...OWN_PAGE, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ identifier, password }),
  })
}

async function guesses(server: SessionServer, addresses: readonly string[]): Promise<readonly number[]> {
  const statuses: number[] = []
  for (const address of addresses) statuses.push((await signIn(server, { 'x-forwarded-for': address }, 'wrong')).status)
  return statuses
}

describe('limits behind a trusted proxy', () => {
  const options = { ...TRUSTED, failuresPerMinute: 3 }

  it('count wrong credentials by the client the proxy names', () =>
    withSessions(async (server) => {
      assert.deepEqual(await guesses(server, [ANN, ANN, ANN, ANN]), [401, 401, 401, 429])
      assert.deepEqual(await guesses(server, [BOB]), [401])
      assert.equal((await signIn(server, {}, 'wrong')).status, 401)
      const unknown = (address: string) =>
        server.send({
          method: 'GET',
          path: '/v1/users',
          headers: { 'x-forwarded-for': address, authorization: 'Bearer rc_wrong' },
        })
      assert.deepEqual([(await unknown(ANN)).status, (await unknown(BOB)).status], [429, 401])
    }, options))

  it('know the same client through one proxy or more, with the port or without, whatever it says of itself', () =>
    withSessions(async (server) => {
      const written = [`10.1.2.3, ${ANN}`, `${ANN}, 10.9.9.9`, `8.8.8.8, ${ANN}:4711, 10.1.2.3`, `unknown, ${ANN}`]
      assert.deepEqual(await guesses(server, written), [401, 401, 401, 429])
      assert.deepEqual(await guesses(server, [`[${BOB}]:1`, `[${BOB}]:2`, `[${BOB}]`, BOB]), [401, 401, 401, 429])
    }, options))

  it('take what is no address for the proxy itself, so that it is not somebody new each time', () =>
    withSessions(async (server) => {
      assert.deepEqual(await guesses(server, ['unknown', '_hidden', '1.2.3', 'x']), [401, 401, 401, 429])
    }, options))

  it('count requests that need no token by client, too', () =>
    withSessions(
      async ({ send }) => {
        const ask = async (address: string) =>
          (await send({ method: 'GET', path: '/v1/setup', headers: { 'x-forwarded-for': address } })).status
        assert.deepEqual([await ask(ANN), await ask(ANN), await ask(ANN), await ask(BOB)], [200, 200, 429, 200])
      },
      { ...TRUSTED, requestsPerMinute: 2 },
    ))
})

describe('forwarding headers of whoever is no trusted proxy', () => {
  for (const trustedProxies of [[], ['10.0.0.0/8', 'fd00::/8']]) {
    const options = { trustedProxies, failuresPerMinute: 3 }
    it(`are ignored where ${trustedProxies.length === 0 ? 'none' : 'another one'} is trusted`, () =>
      withSessions(async (server) => {
        assert.deepEqual(await guesses(server, [ANN, BOB, '10.1.2.3', '8.8.8.8']), [401, 401, 401, 429])
      }, options))

    it(`lead no link and no cookie astray where ${trustedProxies.length === 0 ? 'none' : 'another one'} is trusted`, () =>
      withSessions(async ({ send, tokens }) => {
        const forged = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', host: 'own.example' }
        const list = await send({
          method: 'GET',
          path: '/v1/users?limit=1',
          headers: { ...forged, authorization: `Bearer ${tokens.admin?.secret ?? ''}` },
        })
        assert.match(list.headers['link'] ?? '', /^<http:\/\/own\.example\/v1\/users/)
        assert.doesNotMatch(list.headers['link'] ?? '', /evil/)
      }, options))
  }
})

describe('a request through a trusted proxy', () => {
  const forwarded = { host: '10.0.0.5:8080', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'directory.example.com' }

  it('is answered with links and cookies of the address the client used', () =>
    withSessions(async (server) => {
      const opened = await signIn(server, forwarded)
      assert.match(opened.headers['set-cookie'] ?? '', /^__Host-rollcall-session=.*; Secure$/)
      const [cookie = ''] = (opened.headers['set-cookie'] ?? '').split(';')
      const list = await server.send({ method: 'GET', path: '/v1/users?limit=1', headers: { ...forwarded, cookie } })
      assert.match(list.headers['link'] ?? '', /^<https:\/\/directory\.example\.com\/v1\/users/)
    }, TRUSTED))

  it('is of this server by the origin the client used, and of another one by any other', () =>
    withSessions(async (server) => {
      const { 'sec-fetch-site': _, ...page } = OWN_PAGE
      const from = (origin: string) =>
        server.send({
          method: 'POST',
          path: '/v1/session',
          headers: { ...page, ...forwarded, origin, 'content-type': 'application/json' },
          body: JSON.stringify({ identifier: 'zoe', password: PASSWORD }),
        })
      assert.equal((await from('https://directory.example.com')).status, 201)
      assert.equal((await from('http://10.0.0.5:8080')).status, 403)
      assert.equal((await from('http://directory.example.com')).status, 403)
    }, TRUSTED))

  it('has the Host as it came where the proxy says nothing else', () =>
    withSessions(async (server) => {
      const opened = await signIn(server, { host: 'directory.example.com', 'x-forwarded-proto': 'HTTPS' })
      assert.match(opened.headers['set-cookie'] ?? '', /; Secure$/)
    }, TRUSTED))

  it('is answered with links of the public URL where there is one', () =>
    withSessions(
      async (server) => {
        const opened = await signIn(server, { ...forwarded, 'x-forwarded-proto': 'gopher' })
        assert.match(opened.headers['set-cookie'] ?? '', /^rollcall-session=/)
      },
      { ...TRUSTED, publicUrl: 'http://plain.example' },
    ))

  const impossible: readonly (readonly [Headers, string])[] = [
    [{ 'x-forwarded-proto': 'gopher' }, 'X-Forwarded-Proto'],
    [{ 'x-forwarded-proto': 'https, ws' }, 'X-Forwarded-Proto'],
    [{ 'x-forwarded-host': 'a/b' }, 'X-Forwarded-Host'],
    [{ 'x-forwarded-host': 'a.example, ' }, 'X-Forwarded-Host'],
    [{ host: 'a b' }, 'Host'],
  ]
  for (const [headers, name] of impossible) {
    it(`is refused for ${JSON.stringify(headers)}, by the name of the header`, () =>
      withSessions(async ({ send }) => {
        const answer = await send({ method: 'GET', path: '/v1/setup', headers })
        assert.equal(answer.status, 400, answer.text)
        assert.match((JSON.parse(answer.text) as { readonly detail: string }).detail, new RegExp(`^${name} must be`))
      }, TRUSTED))
  }

  it('is refused in the words of the dialect where its path is malformed', () =>
    withSessions(async ({ send }) => {
      assert.equal((await send({ method: 'GET', path: '/v1/users/%zz', headers: forwarded })).status, 400)
    }, TRUSTED))
})
