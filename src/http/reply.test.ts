import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { guarded, openTiny, type TinyOptions, type TinyServer } from '../../test/tiny-server.ts'
import type { Answer, Call } from '../dialects/dialect.ts'

async function withTiny(options: TinyOptions, test: (tiny: TinyServer) => Promise<void>): Promise<void> {
  const tiny = await openTiny(options)
  try {
    await test(tiny)
  } finally {
    await tiny.close()
  }
}

/** A cacheable list that counts how often it was asked for. */
function counted(more: Partial<Answer> = {}) {
  let asked = 0
  const answer = (): Promise<Answer> => {
    asked += 1
    return Promise.resolve({ status: 200, headers: { 'content-type': 'text/plain' }, body: `answer ${asked}`, ...more })
  }
  return { answer, asked: () => asked }
}

describe('a kept answer', () => {
  it('is served again until something is written', async () => {
    const list = counted()
    await withTiny({ routes: [guarded('/tiny', { answer: list.answer, cacheable: true })] }, async (tiny) => {
      const first = await tiny.send({ path: '/tiny' })
      const second = await tiny.send({ path: '/tiny' })
      assert.equal(second.text, 'answer 1')
      assert.equal(second.headers['content-type'], 'text/plain')
      assert.equal(second.headers['etag'], first.headers['etag'])
      assert.notEqual(second.headers['x-request-id'], first.headers['x-request-id'])
      await tiny.view.createUser({ identifier: 'new', fullName: 'New' })
      const third = await tiny.send({ path: '/tiny' })
      assert.equal(third.text, 'answer 2')
      assert.notEqual(third.headers['etag'], first.headers['etag'])
    })
  })

  it('belongs to its URL, method, headers, origin, body and view', async () => {
    const list = counted()
    const routes = [
      guarded('/tiny', { answer: list.answer, cacheable: true }),
      guarded('/tiny', { method: 'POST', answer: list.answer, cacheable: true }),
    ]
    await withTiny({ routes }, async (tiny) => {
      const draft = { name: 'other', userId: tiny.userId, scope: 'all', expiresAt: null } as const
      const metadata = await tiny.view.issueToken({ ...draft, permissions: ['users:read', 'users:read-metadata'] })
      const writer = await tiny.view.issueToken({ ...draft, permissions: ['users:read', 'users:write'] })
      const scoped = await tiny.view.issueToken({ ...draft, permissions: ['users:read'], scope: 1 })
      const requests = [
        { path: '/tiny' },
        { path: '/tiny?a=1' },
        { path: '/tiny?a=1&a=1' },
        { path: '/tiny', headers: { accept: 'text/plain' } },
        { path: '/tiny', headers: { 'x-api-version': 'v1' } },
        { path: '/tiny', headers: { 'x-devrev-version': 'v1' } },
        { path: '/tiny', headers: { 'api-version': 'v1' } },
        { path: '/tiny', headers: { host: 'elsewhere' } },
        { path: '/tiny', headers: { authorization: `Bearer ${metadata.secret}` } },
        { path: '/tiny', headers: { authorization: `Bearer ${writer.secret}` } },
        { path: '/tiny', headers: { authorization: `Bearer ${scoped.secret}` } },
        { path: '/tiny', method: 'POST' },
        { path: '/tiny', method: 'POST', body: '{}' },
        { path: '/tiny', method: 'POST', body: '{ }' },
        { path: '/tiny', method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
        { path: '/tiny', method: 'POST', headers: { 'content-type': 'application/json' } },
      ]
      const answers = []
      for (const request of [...requests, ...requests]) answers.push((await tiny.send(request)).text)
      assert.equal(new Set(answers).size, requests.length)
      assert.equal(list.asked(), requests.length)
    })
  })

  it('is shared by HEAD and GET, and by tokens that see and may the same', async () => {
    const list = counted()
    await withTiny({ routes: [guarded('/tiny', { answer: list.answer, cacheable: true })] }, async (tiny) => {
      const { secret } = await tiny.view.issueToken({
        name: 'other',
        userId: tiny.userId,
        permissions: ['users:read'],
        scope: 'all',
        expiresAt: null,
      })
      await tiny.send({ path: '/tiny' })
      const head = await tiny.send({ method: 'HEAD', path: '/tiny' })
      assert.equal(head.headers['content-length'], '8')
      assert.equal(head.text, '')
      await tiny.send({ path: '/tiny', headers: { authorization: `Bearer ${secret}` } })
      assert.equal(list.asked(), 1)
    })
  })

  it('is not served to a caller without the permission', async () => {
    const list = counted()
    await withTiny({ routes: [guarded('/tiny', { answer: list.answer, cacheable: true })] }, async (tiny) => {
      const { secret } = await tiny.view.issueToken({
        name: 'powerless',
        userId: tiny.userId,
        permissions: ['customers:read'],
        scope: 'all',
        expiresAt: null,
      })
      await tiny.send({ path: '/tiny' })
      const answer = await tiny.send({ path: '/tiny', headers: { authorization: `Bearer ${secret}` } })
      assert.equal(answer.status, 403)
      assert.equal(
        answer.headers['www-authenticate'],
        'Bearer realm="directory", error="insufficient_scope", scope="users:read"',
      )
    })
  })

  it('is not made of errors, of streams, or of answers a commit came across', async () => {
    let tiny: TinyServer | undefined
    let asked = 0
    const answers: Record<string, () => Promise<Answer>> = {
      error: () => Promise.resolve({ status: 404, body: 'no' }),
      stream: () =>
        Promise.resolve({
          status: 200,
          body: (async function* () {
            yield await Promise.resolve('piece')
          })(),
        }),
      crossed: async () => {
        await tiny?.view.createUser({ identifier: `new${asked}`, fullName: 'New' })
        return { status: 200, body: 'crossed' }
      },
    }
    const routes = Object.entries(answers).map(([name, answer]) =>
      guarded(`/tiny/${name}`, {
        cacheable: true,
        answer: () => {
          asked += 1
          return answer()
        },
      }),
    )
    await withTiny({ routes }, async (opened) => {
      tiny = opened
      for (const name of Object.keys(answers)) {
        asked = 0
        const first = await tiny.send({ path: `/tiny/${name}` })
        await tiny.send({ path: `/tiny/${name}` })
        assert.equal(asked, 2, name)
        assert.equal(first.headers['etag'], undefined, name)
      }
    })
  })

  it('may be switched off, and lists still have tags', async () => {
    const list = counted()
    const options = {
      routes: [guarded('/tiny', { answer: list.answer, cacheable: true })],
      settings: { answerCacheBytes: 0 },
    }
    await withTiny(options, async (tiny) => {
      const first = await tiny.send({ path: '/tiny' })
      await tiny.send({ path: '/tiny' })
      assert.equal(list.asked(), 2)
      const unchanged = await tiny.send({ path: '/tiny', headers: { 'if-none-match': first.headers['etag'] ?? '' } })
      assert.equal(unchanged.status, 304)
      assert.equal(list.asked(), 2)
    })
  })
})

describe('a conditional request', () => {
  it('gets 304 without a body while the list is the same', async () => {
    const list = counted()
    await withTiny({ routes: [guarded('/tiny', { answer: list.answer, cacheable: true })] }, async (tiny) => {
      const first = await tiny.send({ path: '/tiny' })
      const etag = first.headers['etag'] ?? ''
      assert.match(etag, /^W\/"/)
      for (const header of [etag, `"other", ${etag}`, etag.slice(2), '*']) {
        const answer = await tiny.send({ path: '/tiny', headers: { 'if-none-match': header } })
        assert.equal(answer.status, 304, header)
        assert.equal(answer.text, '')
        assert.equal(answer.headers['etag'], etag)
        assert.equal(answer.headers['cache-control'], 'private, no-cache')
        assert.match(answer.headers['vary'] ?? '', /Authorization, Accept/)
        assert.equal(answer.headers['content-type'], undefined)
        assert.equal(answer.headers['content-length'], undefined)
      }
      await tiny.view.createUser({ identifier: 'new', fullName: 'New' })
      const changed = await tiny.send({ path: '/tiny', headers: { 'if-none-match': etag } })
      assert.equal(changed.status, 200)
    })
  })

  it('gets 304 for the tag a dialect gives an answer', async () => {
    const answer = () => Promise.resolve({ status: 200, headers: { ETag: '"7"' }, body: 'x' })
    await withTiny(
      { routes: [guarded('/tiny', { answer }), guarded('/tiny', { method: 'PUT', answer })] },
      async (tiny) => {
        const headers = { 'if-none-match': '"7"' }
        assert.equal((await tiny.send({ path: '/tiny', headers })).status, 304)
        assert.equal((await tiny.send({ path: '/tiny', headers: { 'if-none-match': '"8"' } })).status, 200)
        assert.equal((await tiny.send({ method: 'PUT', path: '/tiny', headers })).status, 200)
      },
    )
  })
})

describe('every answer', () => {
  const answer = ({ path }: Call): Promise<Answer> => Promise.resolve({ status: 200, body: path })

  it('carries the security headers, may be kept by nobody without a tag, and names no software', async () => {
    await withTiny({ routes: [guarded('/tiny', { answer })] }, async (tiny) => {
      for (const path of ['/tiny', '/tiny/nothing', '/nothing', '/healthz']) {
        const { headers } = await tiny.send({ path })
        assert.equal(headers['x-content-type-options'], 'nosniff')
        assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'")
        assert.equal(headers['referrer-policy'], 'no-referrer')
        assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
        assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
        assert.equal(headers['cache-control'], 'private, no-store')
        assert.equal(headers['vary'], 'Authorization, Accept')
        assert.equal(headers['server'], undefined)
        assert.equal(headers['x-powered-by'], undefined)
        assert.equal(headers['strict-transport-security'], undefined)
      }
    })
  })

  it('asks browsers to stay with HTTPS where the public URL does', async () => {
    const options = { routes: [guarded('/tiny', { answer })], settings: { publicUrl: 'https://directory.example' } }
    await withTiny(options, async (tiny) => {
      const { headers } = await tiny.send({ path: '/tiny' })
      assert.equal(headers['strict-transport-security'], 'max-age=31536000')
    })
  })

  it('adds what a dialect varies by, and leaves its Cache-Control alone', async () => {
    const own = () =>
      Promise.resolve({ status: 200, headers: { vary: 'Prefer', 'cache-control': 'max-age=5' }, body: '' })
    await withTiny({ routes: [guarded('/tiny', { answer: own })] }, async (tiny) => {
      const { headers } = await tiny.send({ path: '/tiny' })
      assert.equal(headers['vary'], 'Authorization, Accept, Prefer')
      assert.equal(headers['cache-control'], 'max-age=5')
    })
  })

  it('has the id its request came with when that is well-formed, else a new one', async () => {
    await withTiny({ routes: [guarded('/tiny', { answer })] }, async (tiny) => {
      const idFor = async (sent: string) =>
        (await tiny.send({ path: '/tiny', headers: { 'x-request-id': sent } })).headers['x-request-id']
      assert.equal(await idFor('a1b2-c3.d4'), 'a1b2-c3.d4')
      for (const sent of ['', 'a b', 'a"b', '{}', 'é', 'x'.repeat(129)]) {
        const id = await idFor(Buffer.from(sent).toString('latin1'))
        assert.notEqual(id, sent)
        assert.match(id ?? '', /^[\w-]{5,}$/)
      }
      assert.notEqual(await idFor(''), await idFor(''))
    })
  })

  it('says how long each stage took when it is asked', async () => {
    await withTiny({ routes: [guarded('/tiny', { answer })] }, async (tiny) => {
      const asked = await tiny.send({ path: '/tiny', headers: { 'x-server-timing': '1' } })
      const names = (asked.headers['server-timing'] ?? '').split(', ').map((one) => one.split(';')[0])
      assert.deepEqual(names, ['route', 'authenticate', 'limit', 'answer', 'total'])
      assert.match(asked.headers['server-timing'] ?? '', /^(\w+;dur=\d+\.\d{3}(, |$))+$/)
      assert.equal((await tiny.send({ path: '/tiny' })).headers['server-timing'], undefined)
    })
    await withTiny({ routes: [guarded('/tiny', { answer })], settings: { serverTiming: true } }, async (tiny) => {
      assert.match((await tiny.send({ path: '/tiny' })).headers['server-timing'] ?? '', /total;dur=/)
      assert.match((await tiny.send({ path: '/tiny/nothing' })).headers['server-timing'] ?? '', /total;dur=/)
    })
  })
})
