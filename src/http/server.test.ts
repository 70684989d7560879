import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { describe, it } from 'node:test'
import { sender } from '../../test/request.ts'
import { guarded, openTiny, TINY_SETTINGS } from '../../test/tiny-server.ts'

const timeouts = TINY_SETTINGS.timeouts

/** An answer that waits to be let go. */
function held() {
  const started = Promise.withResolvers<undefined>()
  const release = Promise.withResolvers<undefined>()
  const answer = async () => {
    started.resolve(undefined)
    await release.promise
    return { status: 200, body: 'finished' }
  }
  return { answer, started: started.promise, release: () => release.resolve(undefined) }
}

/** Whether somebody takes connections at a port. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

describe('a server that closes', () => {
  it('finishes requests in flight, tells their connections to end, and takes no new ones', async () => {
    const work = held()
    const tiny = await openTiny({ routes: [guarded('/tiny/slow', { answer: work.answer })] })
    const answer = tiny.send({ path: '/tiny/slow' })
    await work.started
    const closed = tiny.server.close()
    let isClosed = false
    void closed.then(() => (isClosed = true))
    while (await accepts(tiny.port));
    assert.equal(isClosed, false)
    work.release()
    const { status, headers, text } = await answer
    assert.equal(status, 200)
    assert.equal(text, 'finished')
    assert.equal(headers['connection'], 'close')
    await closed
    await tiny.close()
  })

  it('says so at /readyz before it stops listening', async () => {
    const tiny = await openTiny({ routes: [], settings: { timeouts: { ...timeouts, drainNoticeMs: 1000 } } })
    assert.equal((await tiny.send({ path: '/readyz' })).status, 200)
    const closed = tiny.server.close()
    assert.equal((await tiny.send({ path: '/readyz' })).status, 503)
    assert.equal((await tiny.send({ path: '/healthz' })).status, 200)
    await closed
    await tiny.close()
  })

  it('closes connections that wait for a next request', async () => {
    const tiny = await openTiny({ routes: [] })
    const socket = createConnection({ port: tiny.port, host: '127.0.0.1' })
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(socket, 'data')
    const ended = once(socket.resume(), 'close')
    await tiny.server.close()
    await ended
    await tiny.close()
  })

  it('cuts no request under load', async () => {
    const answer = () =>
      new Promise<{ status: number; body: string }>((resolve) => {
        setTimeout(() => resolve({ status: 200, body: 'x'.repeat(50_000) }), 5)
      })
    const tiny = await openTiny({
      routes: [guarded('/tiny', { answer })],
      settings: { timeouts: { ...timeouts, drainNoticeMs: 100 } },
    })
    const faults: string[] = []
    let served = 0
    const client = async (): Promise<void> => {
      const headers = { authorization: `Bearer ${tiny.secret}` }
      const requests = sender(tiny.url)
      for (;;) {
        try {
          const { status, text } = await requests.send({ method: 'GET', path: '/tiny', headers })
          if (status !== 200 || text.length !== 50_000) faults.push(`${status} with ${text.length} bytes`)
          served += 1
        } catch (error) {
          const { code = '' } = error as { code?: string }
          if (code !== 'ECONNREFUSED') faults.push(code)
          return
        }
      }
    }
    const clients = Array.from({ length: 20 }, client)
    while (served < 100) await tiny.send({ path: '/healthz' })
    await tiny.server.close()
    await Promise.all(clients)
    assert.deepEqual(faults, [])
    await tiny.close()
  })

  it('cuts what takes longer than it may, and logs that', async () => {
    const work = held()
    const tiny = await openTiny({
      routes: [guarded('/tiny/slow', { answer: work.answer })],
      settings: { timeouts: { ...timeouts, drainMs: 100 } },
    })
    const cut = assert.rejects(tiny.send({ path: '/tiny/slow' }), { code: 'ECONNRESET' })
    await work.started
    await tiny.server.close()
    await cut
    assert.deepEqual(
      tiny.events.filter(({ event }) => event === 'requests-cut'),
      [{ event: 'requests-cut', inFlight: 1, afterMs: 100 }],
    )
    work.release()
    await tiny.close()
  })

  it('saves the usage it has counted', async () => {
    const tiny = await openTiny({
      routes: [guarded('/tiny', { answer: () => Promise.resolve({ status: 204, body: null }) })],
    })
    for (let index = 0; index < 3; index++) await tiny.send({ path: '/tiny' })
    await tiny.server.close()
    const today = new Date().toISOString().slice(0, 10)
    assert.equal((await tiny.store.usage(tiny.userId, today)).total, 3)
    await tiny.close()
  })

  it('closes once, however often it is told to', async () => {
    const tiny = await openTiny({ routes: [] })
    await Promise.all([tiny.server.close(), tiny.server.close()])
    await tiny.close()
    assert.equal(tiny.events.filter(({ event }) => event === 'stopped').length, 1)
  })
})

describe('a server that opens', () => {
  it('says where it listens', async () => {
    const tiny = await openTiny({ routes: [], settings: { host: '::1' } })
    assert.match(tiny.url, /^http:\/\/\[::1\]:\d+$/)
    assert.deepEqual(tiny.events, [{ event: 'listening', url: tiny.url, dialects: ['tiny'] }])
    await tiny.close()
  })

  it('takes localhost for the address of this machine that needs no name', async () => {
    const tiny = await openTiny({ routes: [], settings: { host: 'localhost' } })
    assert.match(tiny.url, /^http:\/\/127\.0\.0\.1:\d+$/)
    await tiny.close()
  })

  it('throws when it cannot', async () => {
    const tiny = await openTiny({ routes: [] })
    await assert.rejects(openTiny({ routes: [], settings: { port: tiny.port } }), { code: 'EADDRINUSE' })
    await tiny.close()
  })
})
