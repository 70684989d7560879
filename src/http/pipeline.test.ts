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
import { DirectoryError, invalid } from '../core/error.ts'
import type { Call } from '../dialects/dialect.ts'

const ok = () => Promise.resolve({ status: 200, body: 'ok' })

async function withTiny(options: TinyOptions, test: (tiny: TinyServer) => Promise<void>): Promise<void> {
  const tiny = await openTiny(options)
  try {
    await test(tiny)
  } finally {
    await tiny.close()
  }
}

describe('a request', () => {
  it('is refused without the permission of its route, and with it is not', () =>
    withTiny(
      {
        routes: [
          guarded('/tiny/write', { access: 'users:write', answer: ok }),
          guarded('/tiny/any', { access: 'any', answer: ok }),
        ],
      },
      async (tiny) => {
        const refused = await tiny.send({ path: '/tiny/write' })
        assert.equal(refused.status, 403)
        assert.equal(errorIn(refused).reason, 'permission')
        assert.equal((await tiny.send({ path: '/tiny/any' })).status, 200)
      },
    ))

  it('is given what it brought, and a directory that knows its caller', () => {
    let call: Call | undefined
    const answer = (one: Call) => {
      call = one
      return ok()
    }
    return withTiny({ routes: [guarded('/tiny/:id', { answer })] }, async (tiny) => {
      await tiny.send({ path: '/tiny/7?a=b', headers: { accept: 'x/y', 'x-request-id': 'id-1' } })
      assert.ok(call)
      assert.equal(call.path, '/tiny/7')
      assert.equal(call.origin, tiny.url)
      assert.deepEqual(call.query, [['a', 'b']])
      assert.equal(call.header('accept'), 'x/y')
      assert.equal(call.header('absent'), undefined)
      assert.equal(call.requestId, 'id-1')
      assert.equal(call.principal.tokenId, tiny.tokenId)
      assert.equal(call.view.principal, call.principal)
      assert.deepEqual(await call.usage(), { total: 1, today: 1 })
    })
  })

  it('is at the public URL, whatever its Host', () => {
    const answer = ({ origin }: Call) => Promise.resolve({ status: 200, body: origin })
    const options = {
      routes: [guarded('/tiny', { answer })],
      settings: { publicUrl: 'https://directory.example/base' },
    }
    return withTiny(options, async (tiny) => {
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'ftp' }
      assert.equal((await tiny.send({ path: '/tiny', headers })).text, 'https://directory.example/base')
    })
  })

  it('is refused with 503 and a time to come back when too many are worked on', () => {
    const release = Promise.withResolvers<undefined>()
    const answer = async () => {
      await release.promise
      return { status: 200, body: 'ok' }
    }
    const options = {
      routes: [guarded('/tiny/slow', { answer }), guarded('/tiny', { answer: ok })],
      settings: { inFlightMax: 2 },
    }
    return withTiny(options, async (tiny) => {
      const slow = [tiny.send({ path: '/tiny/slow' }), tiny.send({ path: '/tiny/slow' })]
      let refused = await tiny.send({ path: '/tiny' })
      while (refused.status === 200) refused = await tiny.send({ path: '/tiny' })
      assert.equal(refused.status, 503)
      assert.equal(refused.headers['retry-after'], '1')
      assert.equal(errorIn(refused).tiny, 'unavailable')
      release.resolve(undefined)
      for (const answered of await Promise.all(slow)) assert.equal(answered.status, 200)
      assert.equal((await tiny.send({ path: '/tiny' })).status, 200)
    })
  })

  it('with a malformed query is refused in the words of the dialect', () =>
    withTiny({ routes: [guarded('/tiny', { answer: ok, cacheable: true })] }, async (tiny) => {
      for (const path of ['/tiny?a=%', '/tiny?a=%ff', `/tiny?${'a=1&'.repeat(300)}`]) {
        const answer = await tiny.send({ path })
        assert.equal(answer.status, 400)
        assert.equal(errorIn(answer).tiny, 'invalid')
        assert.equal(errorIn(answer).where?.['in'], 'query')
      }
    }))
})

describe('a failure', () => {
  it('of the server says only a reference, under which the log has the rest', () => {
    const answer = () => Promise.reject(new Error('password=hunter2', { cause: new TypeError('deeper') }))
    return withTiny({ routes: [guarded('/tiny/broken', { answer })] }, async (tiny) => {
      const refused = await tiny.send({ path: '/tiny/broken', headers: { 'x-request-id': 'reference-7' } })
      assert.equal(refused.status, 500)
      assert.equal(errorIn(refused).tiny, 'internal')
      assert.match(refused.text, /reference-7/)
      assert.doesNotMatch(refused.text, /hunter2|pipeline|at /)
      const failed = tiny.events.find(({ event }) => event === 'request-failed')
      assert.ok(failed?.event === 'request-failed')
      assert.equal(failed.requestId, 'reference-7')
      assert.equal(failed.operation, 'GET /tiny/broken')
      assert.match(failed.stack, /hunter2[^]*pipeline\.test[^]*Caused by: TypeError: deeper/)
    })
  })

  it('may be of anything that can be thrown', async () => {
    for (const thrown of [undefined, null, 'text', 7, {}, Object.create(null)]) {
      const answer = () => {
        throw thrown
      }
      await withTiny({ routes: [guarded('/tiny', { answer })] }, async (tiny) => {
        assert.equal((await tiny.send({ path: '/tiny' })).status, 500)
      })
    }
  })

  it('to render an error closes the connection and leaves the server well', () => {
    let isOpen = false
    const renderError = () => {
      if (isOpen) throw new Error('never')
      return { status: 400, body: '{}' }
    }
    const answer = () => Promise.reject(invalid('value', 'No.'))
    const options = {
      routes: [guarded('/tiny/x', { answer }), guarded('/tiny', { answer: ok })],
      dialect: { renderError },
    }
    return withTiny(options, async (tiny) => {
      isOpen = true
      await assert.rejects(tiny.send({ path: '/tiny/x' }), { code: 'ECONNRESET' })
      assert.equal((await tiny.send({ path: '/tiny' })).status, 200)
      assert.ok(tiny.events.some((event) => event.event === 'request-failed' && event.stack.includes('never')))
    })
  })

  it('to make headers is an error like any other', () => {
    const answer = () => Promise.resolve({ status: 200, headers: { 'x-bad': 'a\r\nb: c' }, body: '' })
    return withTiny({ routes: [guarded('/tiny', { answer })] }, async (tiny) => {
      const refused = await tiny.send({ path: '/tiny' })
      assert.equal(refused.status, 500)
      assert.equal(refused.headers['b'], undefined)
    })
  })

  it('tells a known caller its usage, this request included', () => {
    const answer = () => Promise.reject(new DirectoryError('not_found', 'No.', { reason: 'subject' }))
    return withTiny({ routes: [guarded('/tiny', { answer })] }, async (tiny) => {
      assert.deepEqual(errorIn(await tiny.send({ path: '/tiny' })).usage, { total: 1, today: 1 })
      assert.deepEqual(errorIn(await tiny.send({ path: '/tiny' })).usage, { total: 2, today: 2 })
      assert.equal(errorIn(await tiny.send({ path: '/tiny', headers: { authorization: '' } })).usage, undefined)
    })
  })

  it('of the store is said in the words of the dialect, and does not hide the refusal', () => {
    const unavailable = () =>
      Promise.reject(new DirectoryError('unavailable', 'The store is away.', { retryAfterS: 1 }))
    const options: TinyOptions = {
      routes: [guarded('/tiny', { answer: ok })],
      store: (store) => ({ ...store, usage: unavailable, revision: unavailable }),
    }
    return withTiny(options, async (tiny) => {
      const refused = await tiny.send({ path: '/tiny' })
      assert.equal(refused.status, 503)
      assert.equal(refused.headers['retry-after'], '1')
      assert.equal((await tiny.send({ path: '/healthz' })).status, 200)
      assert.equal((await tiny.send({ path: '/metrics' })).status, 200)
    })
  })
})

describe('the limit on requests', () => {
  const limited = (requestsPerMinute: number) => ({ rateLimits: { ...TINY_SETTINGS.rateLimits, requestsPerMinute } })

  it('is in the headers of every answer to a known caller, and in no other', () =>
    withTiny({ routes: [guarded('/tiny', { answer: ok, cacheable: true })], settings: limited(100) }, async (tiny) => {
      for (let left = 99; left > 96; left--) {
        const { headers } = await tiny.send({ path: '/tiny' })
        assert.equal(headers['ratelimit-policy'], '"default";q=100;w=60')
        assert.match(headers['ratelimit'] ?? '', new RegExp(`^"default";r=${left};t=\\d+$`))
      }
      const stranger = await tiny.send({ path: '/tiny', headers: { authorization: '' } })
      assert.equal(stranger.headers['ratelimit'], undefined)
    }))

  it('is reached with 429 and a time to wait, and costs strangers and errors nothing', () =>
    withTiny(
      { routes: [guarded('/tiny', { answer: ok }), open('/tiny/open', { answer: ok })], settings: limited(2) },
      async (tiny) => {
        for (let index = 0; index < 5; index++) {
          await tiny.send({ path: '/tiny', headers: { authorization: 'Bearer x' } })
          await tiny.send({ path: '/tiny/nothing' })
          await tiny.send({ path: '/tiny/open' })
        }
        assert.equal((await tiny.send({ path: '/tiny' })).status, 200)
        assert.equal((await tiny.send({ path: '/tiny' })).status, 200)
        const refused = await tiny.send({ path: '/tiny' })
        assert.equal(refused.status, 429)
        const [, t] = /r=0;t=(\d+)/.exec(refused.headers['ratelimit'] ?? '') ?? []
        assert.ok(Number(refused.headers['retry-after']) >= Number(t))
        assert.deepEqual(errorIn(refused).usage, { total: 3, today: 3 })
      },
    ))

  it('is in the headers a dialect makes of it, before the caller is known too', () => {
    const options: TinyOptions = {
      routes: [guarded('/tiny', { answer: ok })],
      dialect: { headers: ({ limit, remaining }) => ({ 'x-left': `${remaining} of ${limit}` }) },
      settings: limited(10),
    }
    return withTiny(options, async (tiny) => {
      assert.equal((await tiny.send({ path: '/tiny' })).headers['x-left'], '9 of 10')
      assert.equal((await tiny.send({ path: '/tiny', headers: { authorization: '' } })).headers['x-left'], '10 of 10')
    })
  })

  it('is told where there is no route too, which counts nothing', () => {
    const options: TinyOptions = {
      routes: [guarded('/tiny', { answer: ok })],
      dialect: { headers: ({ limit, remaining }) => ({ 'x-left': `${remaining} of ${limit}` }) },
      settings: limited(10),
    }
    const nowhere = [{ path: '/tiny/nothing' }, { method: 'PUT', path: '/tiny' }, { method: 'OPTIONS', path: '/tiny' }]
    return withTiny(options, async (tiny) => {
      const left = async (request: Parameters<TinyServer['send']>[0]) => (await tiny.send(request)).headers['x-left']
      for (const request of nowhere) assert.equal(await left(request), '10 of 10')
      assert.equal(await left({ path: '/tiny' }), '9 of 10')
      for (const request of nowhere) {
        assert.equal(await left(request), '9 of 10')
        assert.equal(await left({ ...request, headers: { authorization: '' } }), '10 of 10')
        assert.equal(await left({ ...request, headers: { authorization: 'Bearer x' } }), '10 of 10')
      }
      for (let more = 8; more >= 0; more--) assert.equal(await left({ path: '/tiny' }), `${more} of 10`)
      assert.equal((await tiny.send({ path: '/tiny' })).status, 429)
      assert.equal(await left({ path: '/tiny/nothing' }), '0 of 10')
    })
  })
})

describe('an Idempotency-Key', () => {
  const create = guarded('/tiny', {
    method: 'POST',
    access: 'any',
    idempotent: true,
    answer: ({ idempotency }) => Promise.resolve({ status: 201, body: idempotency?.key ?? 'none' }),
  })
  const post = (tiny: TinyServer, key: string) =>
    tiny.send({ method: 'POST', path: '/tiny', headers: { 'idempotency-key': key }, body: '{}' })

  it('reaches the directory from routes that take one', () =>
    withTiny({ routes: [create, guarded('/tiny/other', { method: 'POST', answer: create.answer })] }, async (tiny) => {
      assert.equal((await post(tiny, '"k-1"')).text, 'k-1')
      assert.equal((await tiny.send({ method: 'POST', path: '/tiny' })).text, 'none')
      const other = await tiny.send({ method: 'POST', path: '/tiny/other', headers: { 'idempotency-key': '"k' } })
      assert.equal(other.text, 'none')
    }))

  it('that is malformed is refused', () =>
    withTiny({ routes: [create] }, async (tiny) => {
      const refused = await post(tiny, '"k')
      assert.equal(refused.status, 400)
      assert.equal(errorIn(refused).where?.['name'], 'Idempotency-Key')
    }))

  it('that is being worked on is refused with 409', () => {
    const release = Promise.withResolvers<undefined>()
    const started = Promise.withResolvers<undefined>()
    const answer = async () => {
      started.resolve(undefined)
      await release.promise
      return { status: 201, body: '' }
    }
    return withTiny({ routes: [{ ...create, answer }] }, async (tiny) => {
      const first = post(tiny, 'k')
      await started.promise
      const second = await post(tiny, 'k')
      assert.equal(second.status, 409)
      assert.equal(errorIn(second).reason, 'running')
      release.resolve(undefined)
      assert.equal((await first).status, 201)
      assert.equal((await post(tiny, 'k')).status, 201)
    })
  })
})

describe('the log', () => {
  it('has one line per request, with patterns for paths and nothing a caller brought', () =>
    withTiny({ routes: [guarded('/tiny/:id', { answer: ok, cacheable: true })] }, async (tiny) => {
      const path = '/tiny/jane.doe@example.com?q=secret-query'
      await tiny.send({ path, headers: { 'x-request-id': 'one', cookie: 'secret-cookie' } })
      await tiny.send({ path, headers: { 'x-request-id': 'two' } })
      await tiny.send({ path: '/nothing/jane.doe@example.com', headers: { authorization: 'Bearer secret-token' } })
      const requests = tiny.events.filter(({ event }) => event === 'request')
      const [one, two, three] = requests
      assert.ok(one?.event === 'request' && two?.event === 'request' && three?.event === 'request')
      const { durationMs, ...rest } = one
      assert.ok(durationMs > 0)
      assert.deepEqual(rest, {
        event: 'request',
        requestId: 'one',
        dialect: 'tiny',
        operation: 'GET /tiny/:id',
        method: 'GET',
        route: '/tiny/:id',
        status: 200,
        bytes: 2,
        kept: false,
        tokenId: tiny.tokenId,
      })
      assert.equal(two.kept, true)
      assert.equal(three.route, null)
      assert.equal(three.tokenId, null)
      assert.doesNotMatch(JSON.stringify(tiny.events), /jane|secret|nothing/)
      assert.ok(!JSON.stringify(tiny.events).includes(tiny.secret))
    }))
})
