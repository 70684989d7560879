import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { rateLimitsOf, retryAfterS } from '../../console/src/reference/send/rate-limit.ts'
import { unsendable, unsendableHeaders } from '../../console/src/reference/send/refusable.ts'
import { BODY_BYTES_MAX, send } from '../../console/src/reference/send/send.ts'

const NOW_MS = Date.parse('2026-11-22T12:00:00Z')
const ORIGIN = 'http://127.0.0.1:8080'

function limits(headers: Readonly<Record<string, string>>) {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return rateLimitsOf((name) => lower[name.toLowerCase()] ?? null, NOW_MS)
}

describe('the rate limits of an answer', () => {
  it('are read by name, each with its policy', () => {
    const headers = {
      'RateLimit-Policy': '"second";q=10;w=1, "list";q=5;w=60',
      RateLimit: '"second";r=9;t=1, "list";r=0;t=43',
      'X-RateLimit-Limit': '7',
      'X-RateLimit-Remaining': '7',
    }
    assert.deepEqual(limits(headers), [
      { name: 'second', limit: 10, remaining: 9, resetS: 1 },
      { name: 'list', limit: 5, remaining: 0, resetS: 43 },
    ])
  })

  it('are read as some vendors say them where nothing else does', () => {
    const reset = String(NOW_MS / 1000 + 30)
    const headers = { 'X-Ratelimit-Limit': '1000', 'X-Ratelimit-Remaining': '999', 'X-Ratelimit-Reset': reset }
    assert.deepEqual(limits(headers), [{ name: 'default', limit: 1000, remaining: 999, resetS: 30 }])
    assert.deepEqual(limits({}), [])
  })

  it('say how long to wait, by seconds or by a time', () => {
    assert.equal(retryAfterS('31', NOW_MS), 31)
    assert.equal(retryAfterS('Sun, 22 Nov 2026 12:00:05 GMT', NOW_MS), 5)
    assert.equal(retryAfterS('soon', NOW_MS), null)
    assert.equal(retryAfterS(null, NOW_MS), null)
  })
})

describe('what a browser cannot send', () => {
  const request = { method: 'GET', url: `${ORIGIN}/users`, headers: [], body: null }

  it('is told from what it can', () => {
    assert.equal(unsendable(request, ORIGIN), null)
    assert.equal(unsendable({ ...request, method: 'QUERY', body: '{}' }, ORIGIN), null)
    assert.match(unsendable({ ...request, url: 'https://other.example/users' }, ORIGIN) ?? '', /other\.example/)
    assert.match(unsendable({ ...request, url: '/users' }, ORIGIN) ?? '', /no URL/)
    assert.match(unsendable({ ...request, body: '' }, ORIGIN) ?? '', /no body with GET/)
    assert.match(unsendable({ ...request, method: 'TRACE' }, ORIGIN) ?? '', /TRACE/)
    assert.match(unsendable({ ...request, headers: [['X-A', '…']] }, ORIGIN) ?? '', /X-A/)
  })

  it('names the headers that are left out', () => {
    const headers = ['Cookie', 'user-agent', 'Sec-X', 'Accept', 'If-Match'].map((name) => [name, 'x'] as const)
    assert.deepEqual(unsendableHeaders({ ...request, headers }), ['Cookie', 'user-agent', 'Sec-X'])
  })
})

describe('sending', () => {
  let url = ''
  let received: IncomingHttpHeaders = {}
  const server = createServer((request, response) => {
    received = request.headers
    response.writeHead(203, 'Odd', { 'Content-Type': 'text/plain; charset=utf-8', 'X-Mark': 'a' })
    response.end(request.url === '/long' ? 'é'.repeat(BODY_BYTES_MAX) : 'é')
  })
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const sent = (path: string, isSession = false) => {
    const headers = [
      ['Authorization', 'Bearer rc_1'],
      ['X-A', '1'],
      ['X-A', '2'],
    ] as const
    return send({ method: 'QUERY', url: url + path, headers, body: '{}' }, isSession, new AbortController().signal)
  }

  it('says everything of the answer', async () => {
    const answer = await sent('/')
    assert.deepEqual([answer.status, answer.mediaType, answer.text, answer.bytes], [203, 'text/plain', 'é', 2])
    assert.ok(answer.headers.some(([name, value]) => name === 'x-mark' && value === 'a'))
    assert.equal(answer.isCut, false)
    assert.equal(received['x-a'], '1, 2')
    assert.equal(received['x-rollcall-console'], undefined)
  })

  it('keeps no more of a body than a page can show, and no half a letter', async () => {
    const { bytes, isCut, text } = await sent('/long')
    assert.deepEqual([bytes, isCut], [BODY_BYTES_MAX, true])
    assert.equal(text, 'é'.repeat(BODY_BYTES_MAX / 2))
  })

  it('sends no token along with a session, and says that the console asks', async () => {
    await sent('/', true)
    assert.equal(received.authorization, undefined)
    assert.equal(received['x-rollcall-console'], '1')
  })

  it('gives up when it is told to', async () => {
    const controller = new AbortController()
    controller.abort()
    const request = { method: 'GET', url, headers: [], body: null }
    await assert.rejects(send(request, false, controller.signal), { name: 'AbortError' })
  })
})
