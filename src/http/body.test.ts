import assert from 'node:assert/strict'
import { createConnection } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { errorIn, guarded, openTiny, type TinyServer } from '../../test/tiny-server.ts'
import type { Call } from '../dialects/dialect.ts'

const bodyOf = ({ body }: Call) =>
  Promise.resolve({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ body }) })

const KIB = 1024

describe('a body', () => {
  let tiny: TinyServer
  before(async () => {
    tiny = await openTiny({
      routes: [
        guarded('/tiny/small', { answer: bodyOf }),
        guarded('/tiny/small', { method: 'POST', answer: bodyOf }),
        guarded('/tiny/small', { method: 'DELETE', answer: bodyOf }),
        guarded('/tiny/large', { method: 'POST', answer: bodyOf, bodyBytesMax: 8 * KIB }),
      ],
      settings: { bodyBytesMax: 4 * KIB },
    })
  })
  after(() => tiny.close())

  const post = (body: string | Uint8Array, headers: Record<string, string> = {}, path = '/tiny/small') =>
    tiny.send({ method: 'POST', path, headers, body })

  it('is decoded, with its media type without parameters', async () => {
    const answer = await post('{"é":"😀"}', { 'content-type': 'Application/JSON; charset="UTF-8"' })
    assert.deepEqual(JSON.parse(answer.text), { body: { mediaType: 'application/json', text: '{"é":"😀"}' } })
  })

  it('is null when there is none, and empty when a Content-Type promises one', async () => {
    const none = await tiny.send({ method: 'POST', path: '/tiny/small' })
    assert.deepEqual(JSON.parse(none.text), { body: null })
    const promised = await tiny.send({ method: 'POST', path: '/tiny/small', headers: { 'content-type': 'text/plain' } })
    assert.deepEqual(JSON.parse(promised.text), { body: { mediaType: 'text/plain', text: '' } })
    const get = await tiny.send({ path: '/tiny/small', headers: { 'content-type': 'application/json' } })
    assert.deepEqual(JSON.parse(get.text), { body: null })
  })

  it('has no media type when none is sent', async () => {
    assert.deepEqual(JSON.parse((await post('x')).text), { body: { mediaType: null, text: 'x' } })
  })

  it('may come in chunks', async () => {
    const head = `POST /tiny/small HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tiny.secret}\r\nConnection: close\r\n`
    const text = await tiny.sendBytes(`${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`, '2\r\nde\r\n0\r\n\r\n')
    assert.match(text, /^HTTP\/1.1 200/)
    assert.match(text, /"text":"abcde"/)
  })

  it('may be as long as the route says, and not a byte longer', async () => {
    assert.equal((await post('x'.repeat(4 * KIB))).status, 200)
    const long = await post('x'.repeat(4 * KIB + 1))
    assert.equal(long.status, 413)
    assert.equal(errorIn(long).reason, 'body')
    assert.equal(errorIn(long).where?.['allowed'], 'at most 4096 bytes')
    assert.equal((await post('x'.repeat(8 * KIB), {}, '/tiny/large')).status, 200)
    assert.equal((await post('x'.repeat(8 * KIB + 1), {}, '/tiny/large')).status, 413)
  })

  it('is refused by its announced length, without being read', async () => {
    const text = await tiny.sendBytes(
      `POST /tiny/small HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tiny.secret}\r\nContent-Length: 100000000\r\n\r\n`,
    )
    assert.match(text, /^HTTP\/1.1 413/)
    assert.match(text, /\r\nConnection: close\r\n/)
  })

  it('is refused as soon as its chunks are too long, and its sender gets to read that', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = createConnection({ port: tiny.port, host: '127.0.0.1' })
      let text = ''
      socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
      socket.on('error', reject)
      socket.on('close', () => resolve(text))
      socket.write(`POST /tiny/small HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tiny.secret}\r\n`)
      socket.write('Transfer-Encoding: chunked\r\n\r\n')
      // Never ends by itself: only the answer stops it.
      const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`
      const send = (): void => {
        if (text === '' && socket.writable) socket.write(chunk, () => setImmediate(send))
      }
      send()
    })
    assert.match(answer, /^HTTP\/1.1 413/)
  })

  it('of megabytes is refused in a way that clients read', async () => {
    const answer = await post('x'.repeat(3_000_000))
    assert.equal(answer.status, 413)
    assert.equal(errorIn(answer).tiny, 'too_large')
  })

  it('is not waited for when the token is wrong', async () => {
    const text = await tiny.sendBytes(
      `POST /tiny/small HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\nContent-Length: 100000000\r\n\r\n`,
    )
    assert.match(text, /^HTTP\/1.1 401/)
  })

  it('that is small and unread leaves the connection usable', async () => {
    const one = `POST /tiny/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello`
    const text = await tiny.sendBytes(one, `GET /tiny/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    assert.equal(text.match(/HTTP\/1\.1 404/g)?.length, 2)
  })

  it('of a client that asks first is called for only when it is wanted', async () => {
    const head = (length: number): string =>
      `POST /tiny/small HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tiny.secret}\r\nConnection: close\r\n` +
      `Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`
    assert.match(await tiny.sendBytes(head(5), 'hello'), /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200/)
    assert.match(await tiny.sendBytes(head(5_000_000)), /^HTTP\/1.1 413/)
  })

  it('must be plain UTF-8', async () => {
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      const answer = await post(Uint8Array.from(bytes))
      assert.equal(answer.status, 400)
      assert.equal(errorIn(answer).reason, 'syntax')
    }
    const other = await post('x', { 'content-type': 'text/plain; charset=iso-8859-1' })
    assert.equal(other.status, 415)
    assert.equal(errorIn(other).where?.['name'], 'Content-Type')
  })

  for (const encoding of ['gzip', 'br', 'deflate', 'gzip, identity']) {
    it(`in Content-Encoding ${encoding} is refused`, async () => {
      const answer = await post('x', { 'content-encoding': encoding })
      assert.equal(answer.status, 415)
      const where = { in: 'header', name: 'Content-Encoding', allowed: 'identity', value: encoding }
      assert.deepEqual(errorIn(answer).where, where)
    })
  }

  it('in Content-Encoding identity is taken', async () => {
    assert.equal((await post('x', { 'content-encoding': 'Identity' })).status, 200)
  })
})
