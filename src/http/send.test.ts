import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'node:test'
import { errorIn, guarded, openTiny, type TinyServer } from '../../test/tiny-server.ts'
import { DirectoryError } from '../core/error.ts'
import type { PublicCall } from '../dialects/dialect.ts'

/** What happens to a stream while it is sent. */
interface Watch {
  pieces: number
  isClosed: boolean
  readonly closed: Promise<void>
}

const LAST = 'Connection: close\r\n'
const PIECE = 'x'.repeat(64 * 1024)

async function withStream(
  stream: (watch: Watch) => AsyncIterable<string>,
  test: (tiny: TinyServer, watch: Watch) => Promise<void>,
): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<undefined>()
  const watch: Watch = { pieces: 0, isClosed: false, closed: closed.then(() => undefined) }
  async function* watched(): AsyncGenerator<string> {
    try {
      for await (const piece of stream(watch)) {
        watch.pieces += 1
        yield piece
      }
    } finally {
      watch.isClosed = true
      resolve(undefined)
    }
  }
  const answer = () => Promise.resolve({ status: 200, headers: { 'content-type': 'text/plain' }, body: watched() })
  const tiny = await openTiny({ routes: [guarded('/tiny/stream', { answer })] })
  try {
    await test(tiny, watch)
  } finally {
    await tiny.close()
  }
}

async function* pieces(count: number): AsyncGenerator<string> {
  for (let index = 0; index < count; index++) yield await Promise.resolve(PIECE)
}

async function connect(tiny: TinyServer, credentials = `Authorization: Bearer ${tiny.secret}`): Promise<Socket> {
  const socket = createConnection({ port: tiny.port, host: '127.0.0.1' })
  socket.write(`GET /tiny/stream HTTP/1.1\r\nHost: x\r\n${credentials}\r\n\r\n`)
  await once(socket, 'readable')
  return socket
}

describe('an answer', () => {
  it('is the one to its own request, however many are made in one turn', async () => {
    const answer = (call: PublicCall) => Promise.resolve({ status: 200, body: `for ${call.query[0]?.[1] ?? 'nobody'}` })
    const tiny = await openTiny({ routes: [guarded('/tiny/own', { answer })] })
    const asked = Array.from({ length: 40 }, (_, n) => n)
    const credentials = `Host: x\r\nAuthorization: Bearer ${tiny.secret}\r\n`
    const requests = asked.map((n) => `GET /tiny/own?n=${n} HTTP/1.1\r\n${credentials}${n === 39 ? LAST : ''}\r\n`)
    const answers = await tiny.sendBytes(requests.join(''))
    await tiny.close()
    assert.deepEqual(
      answers.match(/(?<=\n)for \d+/g),
      asked.map((n) => `for ${n}`),
    )
  })

  it('to a client that is gone before it is logged as such, and harms nothing', async () => {
    const started = Promise.withResolvers<undefined>()
    const release = Promise.withResolvers<undefined>()
    const answer = async () => {
      started.resolve(undefined)
      await release.promise
      return { status: 200, body: PIECE }
    }
    const tiny = await openTiny({ routes: [guarded('/tiny/stream', { answer })] })
    const socket = createConnection({ port: tiny.port, host: '127.0.0.1' })
    socket.write(`GET /tiny/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tiny.secret}\r\n\r\n`)
    await started.promise
    socket.resetAndDestroy()
    // By the second answer the server has taken note of everything that came before the first.
    for (let index = 0; index < 2; index++) await tiny.send({ path: '/healthz' })
    release.resolve(undefined)
    assert.equal((await tiny.send({ path: '/healthz' })).status, 200)
    await tiny.close()
    const requests = tiny.events.filter((event) => event.event === 'request')
    assert.deepEqual(
      requests.filter(({ dialect }) => dialect === 'tiny').map(({ status }) => status),
      [499],
    )
  })
})

describe('a stream', () => {
  it('is sent whole, in chunks, and counted', () =>
    withStream(
      () => pieces(20),
      async (tiny) => {
        const answer = await tiny.send({ path: '/tiny/stream' })
        assert.equal(answer.status, 200)
        assert.equal(answer.headers['transfer-encoding'], 'chunked')
        assert.equal(answer.headers['content-length'], undefined)
        assert.equal(answer.text.length, 20 * PIECE.length)
        assert.equal(requestBytes(tiny), 20 * PIECE.length)
      },
    ))

  it('may be empty', () =>
    withStream(
      () => pieces(0),
      async (tiny) => {
        const answer = await tiny.send({ path: '/tiny/stream' })
        assert.equal(answer.status, 200)
        assert.equal(answer.text, '')
      },
    ))

  it('is not sent to HEAD, and given up', () =>
    withStream(
      () => pieces(1000),
      async (tiny, watch) => {
        const answer = await tiny.send({ method: 'HEAD', path: '/tiny/stream' })
        assert.equal(answer.status, 200)
        assert.equal(answer.text, '')
        assert.equal(watch.pieces, 1)
        assert.equal(watch.isClosed, true)
      },
    ))

  it('is cut off soon after its token is revoked elsewhere, and not before', () =>
    withStream(
      () => pieces(Infinity),
      async (tiny, watch) => {
        const socket = await connect(tiny)
        const begun = performance.now()
        let isRevoked = false
        let text = ''
        for await (const chunk of socket as AsyncIterable<Buffer>) {
          text = (text + chunk.toString('latin1')).slice(-100)
          // Longer than the time between two looks: a look that finds the token well changes nothing.
          if (isRevoked || performance.now() - begun < 1500) continue
          isRevoked = true
          await tiny.view.revokeToken(tiny.tokenId)
        }
        await watch.closed
        assert.ok(isRevoked)
        assert.ok(!text.endsWith('0\r\n\r\n'), 'the stream looks whole')
        const codes = tiny.events.flatMap((event) => (event.event === 'request-failed' ? [event.code] : []))
        assert.deepEqual(codes, ['unauthenticated'])
      },
    ))

  it('is cut off soon after the session it is read in has ended', () =>
    withStream(
      () => pieces(Infinity),
      async (tiny, watch) => {
        const { secret, principal } = await tiny.directory.openSession({ token: tiny.secret })
        const socket = await connect(tiny, `Cookie: rollcall-session=${secret}`)
        let isEnded = false
        let text = ''
        for await (const chunk of socket as AsyncIterable<Buffer>) {
          text += isEnded ? '' : chunk.toString('latin1')
          if (isEnded || text.length < PIECE.length) continue
          assert.match(text, /^HTTP\/1\.1 200/)
          isEnded = true
          await tiny.directory.as(principal).endOwnSession()
        }
        await watch.closed
        assert.ok(isEnded)
        // The token it was made from goes on.
        await tiny.directory.principal({ secret: tiny.secret })
      },
    ))

  it('waits for a client that does not read, and goes on when it does', () =>
    withStream(
      () => pieces(2000),
      async (tiny, watch) => {
        const socket = await connect(tiny)
        // Everything in between is full once no more is asked for.
        let before = -1
        while (watch.pieces !== before) {
          before = watch.pieces
          await sleep(100)
        }
        assert.ok(before < 1000, `${before} pieces of 64 KiB are held for a client that reads none`)
        let length = 0
        for await (const chunk of socket as AsyncIterable<Buffer>) {
          length += chunk.length
          if (chunk.toString('latin1').endsWith('0\r\n\r\n')) break
        }
        assert.equal(watch.pieces, 2000)
        assert.ok(length > 2000 * PIECE.length)
      },
    ))

  it('lets others have their turn between two pieces, though it never waits', () => {
    let starved = 0
    // A failure in here cuts the answer short.
    async function* watchful() {
      for (let index = 0; index < 100; index++) {
        starved += 1
        setImmediate(() => (starved -= 1))
        yield await Promise.resolve('x')
        assert.equal(starved, 0)
      }
    }
    return withStream(watchful, async (tiny) => {
      const answer = await tiny.send({ path: '/tiny/stream' })
      assert.equal(answer.text.length, 100)
    })
  })

  it('shares those turns with other streams, a piece in each', () => {
    let made = 0
    let most = 0
    async function* counted() {
      for (let index = 0; index < 100; index++) {
        made += 1
        // The first piece of each comes before its turns.
        if (index > 0) most = Math.max(most, made)
        setImmediate(() => (made -= 1))
        yield await Promise.resolve('x')
      }
    }
    return withStream(counted, async (tiny) => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => tiny.send({ path: '/tiny/stream' })))
      for (const { text } of answers) assert.equal(text.length, 100)
      assert.ok(most <= 3, `${most} pieces were made in one turn`)
    })
  })

  it('ends when its client goes away', () =>
    withStream(
      () => pieces(1_000_000),
      async (tiny, watch) => {
        const socket = await connect(tiny)
        socket.destroy()
        await watch.closed
        assert.ok(watch.pieces < 1_000_000)
      },
    ))

  it('that fails before its first piece is an error like any other', () =>
    withStream(
      async function* () {
        await Promise.reject(new DirectoryError('unavailable', 'Gone.'))
        yield ''
      },
      async (tiny) => {
        const answer = await tiny.send({ path: '/tiny/stream' })
        assert.equal(answer.status, 503)
        assert.equal(errorIn(answer).tiny, 'unavailable')
      },
    ))

  it('that fails later is cut off, so that nobody takes it for whole, and logged', () =>
    withStream(
      async function* () {
        yield* pieces(3)
        throw new Error('the disk is gone')
      },
      async (tiny, watch) => {
        await assert.rejects(tiny.send({ path: '/tiny/stream' }), { code: 'ECONNRESET' })
        await watch.closed
        const failure = tiny.events.find(({ event }) => event === 'request-failed')
        assert.ok(failure && 'stack' in failure)
        assert.match(failure.stack, /the disk is gone/)
        assert.equal((await tiny.send({ path: '/healthz' })).status, 200)
      },
    ))
})

function requestBytes(tiny: TinyServer): number | undefined {
  const request = tiny.events.find(({ event }) => event === 'request')
  return request?.event === 'request' ? request.bytes : undefined
}
