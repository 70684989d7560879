import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RawAnswer } from '../request.ts'
import { cookieIn, OWN_PAGE, PASSWORD, withSessions } from './browser.ts'

const secretOf = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1)
const ADA = { identifier: 'zoe', password: PASSWORD }

describe('the cookie of a session', () => {
  it('is for this host alone, out of reach of scripts and of other sites, for twelve hours', () =>
    withSessions(async ({ page }) => {
      const answer = await page('POST', '/v1/session', undefined, ADA)
      assert.equal(answer.status, 201)
      assert.match(
        answer.headers['set-cookie'] ?? '',
        /^rollcall-session=rc_[0-9A-Za-z]{49}; Path=\/; Max-Age=431\d\d; HttpOnly; SameSite=Strict$|^rollcall-session=rc_[0-9A-Za-z]{49}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
      )
      assert.equal(answer.headers['cache-control'], 'no-store')
      assert.ok(!answer.text.includes(secretOf(cookieIn(answer))))
    }))

  it('is for TLS alone where links are https, and under a name no other host can set', () =>
    withSessions(
      async ({ page, send, signIn }) => {
        const answer = await page('POST', '/v1/session', undefined, ADA)
        assert.match(
          answer.headers['set-cookie'] ?? '',
          /^__Host-rollcall-session=rc_\w+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/,
        )
        const cookie = await signIn('zoe')
        assert.equal((await send({ method: 'GET', path: '/v1/me', headers: { cookie } })).status, 200)
        const plain = `rollcall-session=${secretOf(cookie)}`
        assert.equal((await send({ method: 'GET', path: '/v1/me', headers: { cookie: plain } })).status, 401)
      },
      { publicUrl: 'https://directory.example.com' },
    ))

  it('is found among others, and is none where it comes twice', () =>
    withSessions(async ({ signIn, send }) => {
      const [ada, ben] = [await signIn('zoe'), await signIn('yan')]
      const status = async (cookie: string) =>
        (await send({ method: 'GET', path: '/v1/me', headers: { cookie } })).status
      for (const cookie of [ada, `a=b; ${ada}`, `${ada};x`, `a=${ada}; ${ada}`])
        assert.equal(await status(cookie), 200, cookie)
      for (const cookie of ['', 'a=b', `x${ada}`, `${ada}x`, `${ada}; ${ben}`, `${ben}; ${ada}`, 'rollcall-session=']) {
        assert.equal(await status(cookie), 401, cookie)
      }
    }))

  it('is taken back at the end, and good for nothing any more', () =>
    withSessions(async ({ page, signIn }) => {
      const cookie = await signIn('zoe')
      const answer = await page('DELETE', '/v1/session', cookie)
      assert.equal(answer.status, 204)
      assert.equal(answer.headers['set-cookie'], 'rollcall-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict')
      assert.equal((await page('GET', '/v1/me', cookie)).status, 401)
    }))

  it('tells who is signed in, and that nobody is, also where it has ended, without refusing anybody', () =>
    withSessions(async ({ page, send, signIn, tokens }) => {
      const cookie = await signIn('yan')
      const answer = await page('GET', '/v1/session', cookie)
      const { me } = JSON.parse(answer.text) as { readonly me: { readonly user: object; readonly token: object } }
      const own = JSON.parse((await page('GET', '/v1/me', cookie)).text) as typeof me
      assert.deepEqual([me.user, Object.keys(me)], [own.user, Object.keys(own)])
      assert.match(answer.headers['vary'] ?? '', /\bCookie\b/)
      assert.equal(answer.headers['cache-control'], 'no-store')
      await page('DELETE', '/v1/session', cookie)
      const name = cookie.slice(0, cookie.indexOf('='))
      for (const headers of [
        { cookie },
        { cookie: `${name}=${tokens.admin?.secret ?? ''}` },
        { cookie: `${name}=nonsense` },
        { authorization: `Bearer ${tokens.admin?.secret ?? ''}` },
        {},
      ]) {
        const { status, text } = await send({ method: 'GET', path: '/v1/session', headers })
        assert.deepEqual([status, text], [200, '{"me":null}'])
      }
    }))

  it('is another one at every sign-in, and the one before it ends', () =>
    withSessions(async ({ page, signIn }) => {
      const first = await signIn('zoe')
      const second = await signIn('zoe', { cookie: first })
      assert.notEqual(first, second)
      assert.equal((await page('GET', '/v1/me', first)).status, 401)
      assert.equal((await page('GET', '/v1/me', second)).status, 200)
      // One that is wrong ends nothing.
      const wrong = await page('POST', '/v1/session', second, { ...ADA, password: 'x' })
      assert.deepEqual([wrong.status, wrong.headers['set-cookie']], [401, undefined])
      assert.equal((await page('GET', '/v1/me', second)).status, 200)
    }))

  it('shows who is signed in and since when, and ends other sessions', () =>
    withSessions(async ({ page, signIn }) => {
      const own = await signIn('zoe', { 'user-agent': 'Firefox' })
      const other = await signIn('zoe')
      const { sessions } = JSON.parse((await page('GET', '/v1/sessions', own)).text) as {
        readonly sessions: readonly { readonly id: string; readonly isCurrent: boolean; readonly userAgent: unknown }[]
      }
      assert.deepEqual(
        sessions.map(({ isCurrent, userAgent }) => [isCurrent, userAgent]),
        [
          [true, 'Firefox'],
          [false, null],
        ],
      )
      const ended = await page('DELETE', `/v1/sessions/${sessions[1]?.id ?? ''}`, own)
      assert.deepEqual([ended.status, ended.headers['set-cookie']], [204, undefined])
      assert.equal((await page('GET', '/v1/me', other)).status, 401)
      const last = await page('DELETE', `/v1/sessions/${sessions[0]?.id ?? ''}`, own)
      assert.match(last.headers['set-cookie'] ?? '', /Max-Age=0/)
      assert.equal((await page('GET', '/v1/me', own)).status, 401)
    }))
})

describe('a secret', () => {
  it('of a session is good in the cookie alone, and one of a token in Authorization, whatever was remembered', () =>
    withSessions(async ({ send, signIn, tokens }) => {
      const cookie = await signIn('zoe')
      const { secret } = tokens.admin ?? assert.fail()
      const name = cookie.slice(0, cookie.indexOf('='))
      const ask = async (headers: Readonly<Record<string, string>>) =>
        (await send({ method: 'GET', path: '/v1/me', headers })).status
      for (let round = 0; round < 2; round++) {
        assert.equal(await ask({ cookie }), 200)
        assert.equal(await ask({ authorization: `Bearer ${secret}` }), 200)
        assert.equal(await ask({ authorization: `Bearer ${secretOf(cookie)}` }), 401)
        assert.equal(await ask({ cookie: `${name}=${secret}` }), 401)
      }
      // Where it may come bare, too.
      const bare = await send({ method: 'GET', path: '/api/users', headers: { authorization: secretOf(cookie) } })
      assert.equal(bare.status, 401)
      for (const path of ['/oauth/token', '/api/p/v1/oauth/token']) {
        const body = JSON.stringify({
          client_id: 'x',
          client_secret: secretOf(cookie),
          grant_type: 'client_credentials',
        })
        const answer = await send({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body })
        assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`)
      }
    }))

  it('in Authorization is the one that counts where both are sent', () =>
    withSessions(async ({ send, signIn, tokens }) => {
      const cookie = await signIn('zoe')
      const me = async (headers: Readonly<Record<string, string>>) => {
        const { status, text } = await send({ method: 'GET', path: '/v1/me', headers: { cookie, ...headers } })
        const { token } = JSON.parse(text) as { readonly token?: { readonly use: string; readonly id: string } }
        return [status, token?.use]
      }
      assert.deepEqual(await me({}), [200, 'session'])
      assert.deepEqual(await me({ authorization: `Bearer ${tokens.reader?.secret ?? ''}` }), [200, 'bearer'])
      assert.deepEqual(await me({ authorization: `Bearer ${tokens.revoked?.secret ?? ''}` }), [401, undefined])
      assert.deepEqual(await me({ authorization: '' }), [401, undefined])
      // A token needs no page of ours, even with a cookie beside it.
      const { secret } = tokens.writer ?? assert.fail()
      const headers = { cookie, authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
      const written = await send({ method: 'POST', path: '/v1/users', headers, body: '{"identifier":"x"}' })
      assert.equal(written.status, 201)
    }))
})

const listIn = ({ text }: RawAnswer) =>
  JSON.parse(text) as { readonly users: readonly unknown[]; readonly total: number }

describe('an answer in a session', () => {
  it('is the kept one of whoever sees the same, says that it varies by cookie, and never another’s', () =>
    withSessions(async ({ send, signIn, tokens }) => {
      const path = '/v1/users?limit=3&count=exact'
      const get = (headers: Readonly<Record<string, string>>) => send({ method: 'GET', path, headers })
      const token = await get({ authorization: `Bearer ${tokens.admin?.secret ?? ''}` })
      const [ada, ben] = [await signIn('zoe'), await signIn('yan')]
      const [first, again, other] = [await get({ cookie: ada }), await get({ cookie: ada }), await get({ cookie: ben })]
      assert.equal(first.text, again.text)
      assert.deepEqual(listIn(first).users, listIn(token).users)
      assert.notEqual(other.text, first.text)
      assert.ok(listIn(other).total < listIn(first).total)
      for (const answer of [first, again, other]) assert.match(answer.headers['vary'] ?? '', /\bCookie\b/)
      assert.doesNotMatch(token.headers['vary'] ?? '', /Cookie/)
      const after = await get({ authorization: `Bearer ${tokens.admin?.secret ?? ''}` })
      assert.equal(after.text, first.text)
      assert.doesNotMatch(after.headers['vary'] ?? '', /Cookie/)
      const tag = first.headers['etag'] ?? ''
      assert.equal((await get({ cookie: ada, 'if-none-match': tag })).status, 304)
      assert.equal((await get({ cookie: ben, 'if-none-match': tag })).status, 200)
    }))
})

describe('a page of the server', () => {
  it('is needed to sign in: another site that makes a browser do it is refused', () =>
    withSessions(async ({ send }) => {
      const signIn = (headers: Readonly<Record<string, string>>, path = '/v1/session', body: object = ADA) =>
        send({
          method: 'POST',
          path,
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        })
      const host = 'directory.example.com'
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        { 'sec-fetch-site': 'cross-site', host, origin: `http://${host}` },
        { host, origin: 'http://evil.example' },
        { host, origin: `https://${host}` },
        { host, origin: 'null' },
      ]) {
        assert.equal((await signIn(headers)).status, 403, JSON.stringify(headers))
        const setUp = { secret: 'rc_', user: { identifier: 'x' }, password: PASSWORD }
        assert.equal((await signIn(headers, '/v1/setup', setUp)).status, 403)
      }
      // What a form can send is not JSON.
      const { 'sec-fetch-site': _, ...rest } = OWN_PAGE
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
        assert.equal((await signIn({ ...rest, 'content-type': type })).status, 415)
      }
      for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }, { host, origin: `http://${host}` }]) {
        assert.equal((await signIn(headers)).status, 201, JSON.stringify(headers))
      }
    }))
})
