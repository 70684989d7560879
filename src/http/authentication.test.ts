import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  errorIn,
  guarded,
  open,
  openTiny,
  TINY_SETTINGS,
  type TinyOptions,
  type TinyServer,
} from '../../test/tiny-server.ts'
import type { Store } from '../core/store.ts'
import { tokenSecret } from '../core/token.ts'

const ok = () => Promise.resolve({ status: 200, body: 'ok' })
const ROUTES = [guarded('/tiny', { answer: ok })]

async function withTiny(test: (tiny: TinyServer) => Promise<void>, options: Partial<TinyOptions> = {}): Promise<void> {
  const tiny = await openTiny({ routes: ROUTES, ...options })
  try {
    await test(tiny)
  } finally {
    await tiny.close()
  }
}

const ask = (tiny: TinyServer, authorization: string) => tiny.send({ path: '/tiny', headers: { authorization } })

const forged = tokenSecret(new Uint8Array(32).fill(7))

describe('a token', () => {
  it('is taken after Bearer in any letter case', () =>
    withTiny(async (tiny) => {
      for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer ']) {
        assert.equal((await ask(tiny, `${scheme} ${tiny.secret}`)).status, 200)
      }
    }))

  it('is asked for without an error code when there is none', () =>
    withTiny(async (tiny) => {
      const answer = await ask(tiny, '')
      assert.equal(answer.status, 401)
      assert.equal(errorIn(answer).reason, 'no_token')
      assert.equal(answer.headers['www-authenticate'], 'Bearer realm="directory"')
    }))

  it('is refused in every other form', () =>
    withTiny(async (tiny) => {
      const headers = [
        tiny.secret,
        'Bearer',
        'Bearer x',
        `Bearer ${tiny.secret} `.repeat(2).trim(),
        `Bearer ${tiny.secret}, Bearer ${tiny.secret}`,
        `Basic ${Buffer.from(`x:${tiny.secret}`).toString('base64')}`,
        `Bearer ${tiny.secret.slice(0, -1)}`,
        `Bearer ${tiny.secret}0`,
        `Bearer ${tiny.secret.toLowerCase()}`,
        `Bearer "${tiny.secret}"`,
        `Bearer ${forged}`,
        'Bearer a.b.c',
        'Bearer ../../../etc/passwd',
        `Bearer ' OR 1=1 --`,
      ]
      for (const header of headers) {
        const answer = await ask(tiny, header)
        assert.equal(answer.status, 401, header)
        assert.equal(errorIn(answer).reason, 'bad_token', header)
        assert.equal(answer.headers['www-authenticate'], 'Bearer realm="directory", error="invalid_token"')
        assert.ok(!answer.text.includes(tiny.secret), header)
      }
    }))

  it('may come bare where the dialect takes it so', () =>
    withTiny(
      async (tiny) => {
        assert.equal((await ask(tiny, tiny.secret)).status, 200)
        assert.equal((await ask(tiny, `Bearer ${tiny.secret}`)).status, 200)
        assert.equal((await ask(tiny, `Basic ${tiny.secret}`)).status, 401)
        assert.equal((await ask(tiny, forged)).status, 401)
      },
      { dialect: { bareTokens: true } },
    ))

  it('in the query is refused, whatever the parameter is called', () =>
    withTiny(async (tiny) => {
      for (const path of [`/tiny?access_token=x`, `/tiny?token=${tiny.secret}`]) {
        const answer = await tiny.send({ path })
        assert.equal(answer.status, 400)
        assert.ok(!answer.text.includes(tiny.secret))
        assert.equal((await tiny.send({ path, headers: { authorization: '' } })).status, 401)
      }
    }))

  it('that is revoked works no more, at once', () =>
    withTiny(async (tiny) => {
      const authorization = `Bearer ${tiny.secret}`
      for (let index = 0; index < 3; index++) assert.equal((await ask(tiny, authorization)).status, 200)
      await tiny.view.revokeToken(tiny.tokenId)
      for (let index = 0; index < 3; index++) {
        const answer = await ask(tiny, authorization)
        assert.equal(answer.status, 401)
        assert.equal(errorIn(answer).reason, 'revoked_token')
      }
    }))

  it('that expires works no more from that moment on, though it is remembered', () => {
    let nowMs = Date.now()
    return withTiny(
      async (tiny) => {
        const { secret } = await tiny.view.issueToken({
          name: 'short',
          userId: tiny.userId,
          permissions: ['users:read'],
          scope: 'all',
          expiresAt: new Date(nowMs + 1000).toISOString(),
        })
        assert.equal((await ask(tiny, `Bearer ${secret}`)).status, 200)
        nowMs += 999
        assert.equal((await ask(tiny, `Bearer ${secret}`)).status, 200)
        nowMs += 1
        const answer = await ask(tiny, `Bearer ${secret}`)
        assert.equal(answer.status, 401)
        assert.equal(errorIn(answer).reason, 'expired_token')
      },
      { now: () => nowMs },
    )
  })

  it('loses its power with its user', () =>
    withTiny(async (tiny) => {
      assert.equal((await ask(tiny, `Bearer ${tiny.secret}`)).status, 200)
      await tiny.view.updateUser(tiny.userId, { status: 'suspended' })
      assert.equal((await ask(tiny, `Bearer ${tiny.secret}`)).status, 401)
    }))

  it('is read from the store once per revision', () => {
    let reads = 0
    const counting = (store: Store): Store => ({
      ...store,
      token: (key) => {
        reads += 1
        return store.token(key)
      },
    })
    return withTiny(
      async (tiny) => {
        for (let index = 0; index < 5; index++) await ask(tiny, `Bearer ${tiny.secret}`)
        assert.equal(reads, 1)
        await tiny.view.createUser({ identifier: 'new', fullName: 'New' })
        for (let index = 0; index < 5; index++) await ask(tiny, `Bearer ${tiny.secret}`)
        assert.equal(reads, 2)
      },
      { store: counting },
    )
  })

  it('that is signed stands for the stored one, and ends with it', () => {
    let nowMs = Date.now()
    const token = open('/tiny/token', {
      method: 'POST',
      answer: async ({ tokens, body }) => {
        const { token: signed } = await tokens.forUser('caller', body?.text ?? '')
        return { status: 200, body: signed }
      },
    })
    return withTiny(
      async (tiny) => {
        const { status, text: signed } = await tiny.send({ method: 'POST', path: '/tiny/token', body: tiny.secret })
        assert.equal(status, 200)
        assert.equal((await ask(tiny, `Bearer ${signed}`)).status, 200)
        assert.equal((await ask(tiny, `Bearer ${signed}`)).status, 200)
        assert.equal((await ask(tiny, `Bearer ${signed}=`)).status, 401)
        nowMs += 3599_000
        assert.equal((await ask(tiny, `Bearer ${signed}`)).status, 200)
        nowMs += 2000
        assert.equal(errorIn(await ask(tiny, `Bearer ${signed}`)).reason, 'expired_token')
        nowMs -= 3600_000
        assert.equal((await ask(tiny, `Bearer ${signed}`)).status, 200)
        await tiny.view.revokeToken(tiny.tokenId)
        assert.equal(errorIn(await ask(tiny, `Bearer ${signed}`)).reason, 'revoked_token')
      },
      { now: () => nowMs, routes: [...ROUTES, token] },
    )
  })
})

describe('failures', () => {
  const settings = { rateLimits: { ...TINY_SETTINGS.rateLimits, failuresPerMinute: 3 } }

  it('from one address end in 429, but for tokens that work', () => {
    const token = open('/tiny/token', {
      method: 'POST',
      answer: async ({ tokens }) => {
        await tokens.forUser('caller', forged)
        return { status: 200, body: '' }
      },
    })
    return withTiny(
      async (tiny) => {
        assert.equal((await ask(tiny, `Bearer ${tiny.secret}`)).status, 200)
        assert.equal((await ask(tiny, '')).status, 401)
        assert.equal((await ask(tiny, `Bearer ${forged}`)).status, 401)
        assert.equal((await ask(tiny, 'Bearer nonsense')).status, 401)
        assert.equal((await tiny.send({ method: 'POST', path: '/tiny/token' })).status, 401)
        const refused = await ask(tiny, `Bearer ${forged}`)
        assert.equal(refused.status, 429)
        assert.match(refused.headers['retry-after'] ?? '', /^[1-9]\d*$/)
        assert.equal((await tiny.send({ method: 'POST', path: '/tiny/token' })).status, 429)
        assert.equal((await ask(tiny, '')).status, 401)
        assert.equal((await ask(tiny, `Bearer ${tiny.secret}`)).status, 200)
        await tiny.view.createUser({ identifier: 'new', fullName: 'New' })
        assert.equal((await ask(tiny, `Bearer ${tiny.secret}`)).status, 200)
        assert.equal((await tiny.send({ path: '/healthz' })).status, 200)
      },
      { settings, routes: [...ROUTES, token] },
    )
  })
})
