import assert from 'node:assert/strict'
import { createConnection } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { guarded, open, openTiny, TINY_SETTINGS, type TinyServer } from '../../test/tiny-server.ts'

const HEAD = 'Host: x\r\nConnection: close\r\n'

/** The parts of the one answer in a text. */
function parse(text: string): { readonly status: number; readonly head: string; readonly body: unknown } {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const length = /content-length: (\d+)/i.exec(head)?.[1]
  assert.equal(Number(length), Buffer.byteLength(body))
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body: JSON.parse(body) as unknown }
}

describe('what is no request', () => {
  let tiny: TinyServer
  before(async () => {
    tiny = await openTiny({
      routes: [
        guarded('/tiny', { answer: () => Promise.resolve({ status: 200, body: 'x' }) }),
        open('/tiny/write', { method: 'POST', answer: () => Promise.resolve({ status: 200, body: 'x' }) }),
      ],
      dialect: { headers: ({ limit, remaining }) => ({ 'x-left': `${remaining} of ${limit}` }) },
      settings: {
        rateLimits: { ...TINY_SETTINGS.rateLimits, requestsPerMinute: 1000 },
        headBytesMax: 8192,
        urlLengthMax: 2000,
        timeouts: { ...TINY_SETTINGS.timeouts, headMs: 300, requestMs: 600 },
      },
    })
  })
  after(() => tiny.close())

  const malformed = [
    'GARBAGE\r\n\r\n',
    `GET /a b HTTP/1.1\r\n${HEAD}\r\n`,
    `FOO / HTTP/1.1\r\n${HEAD}\r\n`,
    `GET / HTTP/9.9\r\n${HEAD}\r\n`,
    'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
    `GET / HTTP/1.1\r\n${HEAD}Bad Name: x\r\n\r\n`,
    `GET / HTTP/1.1\r\n${HEAD}X: a\u0000b\r\n\r\n`,
    `POST / HTTP/1.1\r\n${HEAD}Content-Length: x\r\n\r\n`,
    `POST / HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST / HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    '\u0016\u0003\u0001\u0002',
  ]
  for (const text of malformed) {
    it(`is refused: ${JSON.stringify(text.slice(0, 60))}`, async () => {
      const { status, head, body } = parse(await tiny.sendBytes(Buffer.from(text, 'latin1')))
      assert.equal(status, 400)
      assert.match(head, /\r\nConnection: close/)
      assert.match(head, /\r\nX-Content-Type-Options: nosniff/)
      assert.match(head, /\r\nX-Request-Id: /)
      assert.equal((body as { status: number }).status, 400)
    })
  }

  it('is answered in the words of the dialect whose path can be told', async () => {
    const answer = parse(await tiny.sendBytes(`GET /tiny HTTP/1.1\r\n${HEAD}Bad Name: x\r\n\r\n`))
    assert.equal((answer.body as { tiny: string }).tiny, 'invalid')
    assert.match(answer.head, /\r\nx-left: 1000 of 1000/)
  })

  it('is answered so whatever the method is written like', async () => {
    for (const method of ['get', 'Post', "x-!#$%&'*+.^_`|~9"]) {
      for (const target of ['/tiny?x', 'http://x/tiny', 'HTTPS://x:1/tiny']) {
        const answer = parse(await tiny.sendBytes(`${method} ${target} HTTP/1.1\r\n${HEAD}\r\n`))
        assert.equal(answer.status, 400)
        assert.equal((answer.body as { tiny: string }).tiny, 'invalid', `${method} ${target}`)
      }
    }
  })

  it('is a tunnel, which is refused with the methods that are allowed: none', async () => {
    const answer = parse(await tiny.sendBytes('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\nbytes'))
    assert.equal(answer.status, 405)
    assert.match(answer.head, /\r\nAllow: *(\r\n|$)/)
    assert.match(answer.head, /\r\nConnection: close/)
    assert.equal((answer.body as { detail: string }).detail, 'This server is no proxy.')
    assert.ok(tiny.events.some((event) => event.event === 'connection-refused' && event.status === 405))
  })

  it('is a tunnel asked for behind another request, whose answer it does not disturb', async () => {
    const first = `GET /tiny HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tiny.secret}\r\n\r\n`
    const text = await tiny.sendBytes(`${first}CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n`)
    assert.doesNotMatch(text, /405[^]*200/)
    assert.equal((await tiny.send({ path: '/tiny' })).status, 200)
  })

  it('is 431 when its headers are too large', async () => {
    const answer = parse(await tiny.sendBytes(`GET /tiny HTTP/1.1\r\n${HEAD}X: ${'x'.repeat(64 * 1024)}\r\n\r\n`))
    assert.equal(answer.status, 431)
    assert.equal((answer.body as { reason: string }).reason, 'headers')
  })

  it('is 414 when its target is what is too large', async () => {
    // The longer one comes in pieces, of which only the first is seen.
    for (const length of [9000, 64 * 1024]) {
      const answer = parse(await tiny.sendBytes(`GET /tiny?${'x'.repeat(length)} HTTP/1.1\r\n${HEAD}\r\n`))
      assert.equal(answer.status, 414)
      assert.equal((answer.body as { reason: string }).reason, 'url')
    }
  })

  it('is 414 from the limit on the URL on, before anybody is asked who they are', async () => {
    const path = `/tiny?${'x'.repeat(1994)}`
    assert.equal(path.length, 2000)
    assert.equal((await tiny.send({ path })).status, 200)
    const answer = await tiny.send({ path: `${path}x`, headers: { authorization: '' } })
    assert.equal(answer.status, 414)
    assert.equal((await tiny.send({ path: `/tiny/nothing?${'x'.repeat(2000)}` })).status, 414)
  })

  it('is 408 when its head does not come in time', async () => {
    const answer = parse(await tiny.sendBytes('GET /tiny HTTP/1.1\r\nHost: x\r\n'))
    assert.equal(answer.status, 408)
    assert.equal((answer.body as { status: number }).status, 408)
  })

  it('is 408 in the words of the dialect when its body does not come in time', async () => {
    const answer = parse(await tiny.sendBytes(`POST /tiny/write HTTP/1.1\r\n${HEAD}Content-Length: 9\r\n\r\n{`))
    assert.equal(answer.status, 408)
    assert.equal((answer.body as { reason: string }).reason, 'timeout')
  })

  it('is answered in the words of the dialect when its body is what is malformed', async () => {
    const head = `POST /tiny/write HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\n`
    const answer = parse(await tiny.sendBytes(`${head}1\r\n{\r\n`, 'zz\r\n'))
    assert.equal(answer.status, 400)
    assert.equal((answer.body as { tiny: string }).tiny, 'invalid')
  })

  it('is logged without anything it held', () => {
    const refused = tiny.events.filter(({ event }) => event === 'connection-refused')
    assert.ok(refused.length >= malformed.length)
    assert.doesNotMatch(JSON.stringify(refused), /GARBAGE|xxxx/)
  })

  it('does no harm when it is nothing at all, or gone before the answer', async () => {
    for (const text of ['', 'GET /tiny HTTP/1.1\r\n', `GET /tiny HTTP/1.1\r\n${HEAD}\r\n`, 'x']) {
      await new Promise<void>((resolve) => {
        const socket = createConnection({ port: tiny.port, host: '127.0.0.1' }, () => {
          socket.write(text)
          socket.resetAndDestroy()
        })
        socket.on('error', () => undefined)
        socket.on('close', () => resolve())
      })
    }
    assert.equal((await tiny.send({ path: '/tiny' })).status, 200)
  })
})
