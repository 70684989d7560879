import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { guarded, open, openTiny, type TinyError, type TinyServer } from '../../test/tiny-server.ts'
import type { Call } from '../dialects/dialect.ts'

const echo = ({ body, origin }: Pick<Call, 'body' | 'origin'>) =>
  Promise.resolve({ status: 200, body: JSON.stringify({ text: body?.text, origin }) })

const ROUTES = [
  guarded('/tiny', { answer: echo }),
  guarded('/tiny', { method: 'POST', answer: echo }),
  open('/tiny/open', { answer: echo }),
]

describe('the head of a request', () => {
  let tiny: TinyServer
  let published: TinyServer
  before(async () => {
    tiny = await openTiny({ routes: ROUTES })
    published = await openTiny({ routes: ROUTES, settings: { publicUrl: 'https://directory.example' } })
  })
  after(() => Promise.all([tiny.close(), published.close()]))

  const send = async (server: TinyServer, line: string, headers: readonly string[], body = '') => {
    const lines = [`${line} HTTP/1.1`, ...headers, 'Connection: close', '', body]
    const [head = '', text = ''] = (await server.sendBytes(lines.join('\r\n'))).split('\r\n\r\n')
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), error: JSON.parse(text) as TinyError }
  }
  const bearer = (server: TinyServer) => `Authorization: Bearer ${server.secret}`

  it('has one Host, whether or not links are made of it', async () => {
    for (const server of [tiny, published]) {
      for (const hosts of [
        ['Host: a', 'Host: b'],
        ['Host: a', 'Host: a'],
        ['Host: a, b'],
        ['Host: a/b'],
        ['Host: '],
        [],
      ]) {
        for (const path of ['/tiny', '/tiny/open']) {
          const { status, error } = await send(server, `GET ${path}`, [...hosts, bearer(server)])
          assert.equal(status, 400, hosts.join())
          assert.equal(error.tiny, 'invalid')
          assert.deepEqual(error.where, { in: 'header', name: 'Host' })
        }
      }
      assert.equal((await send(server, 'GET /tiny', ['Host: a', bearer(server)])).status, 200)
    }
  })

  it('has one Authorization', async () => {
    for (const second of ['Authorization: garbage', bearer(tiny), 'Authorization: Basic eDp4']) {
      for (const both of [
        [bearer(tiny), second],
        [second, bearer(tiny)],
      ]) {
        const { status, error } = await send(tiny, 'GET /tiny', ['Host: a', ...both])
        assert.equal(status, 401, both.join())
        assert.equal(error.reason, 'bad_token')
      }
    }
  })

  it('has one Content-Type', async () => {
    const types = ['Content-Type: application/json', 'Content-Type: application/json; charset=latin1']
    const { status } = await send(tiny, 'POST /tiny', ['Host: a', bearer(tiny), ...types, 'Content-Length: 2'], '{}')
    assert.equal(status, 415)
  })

  it('has no transfer coding but chunked', async () => {
    const chunks = '2\r\n{}\r\n0\r\n\r\n'
    const post = (...codings: readonly string[]) =>
      send(tiny, 'POST /tiny', ['Host: a', bearer(tiny), ...codings.map((one) => `Transfer-Encoding: ${one}`)], chunks)
    for (const codings of [['gzip, chunked'], ['identity, chunked'], ['gzip', 'chunked']]) {
      const { status, error } = await post(...codings)
      assert.equal(status, 400, codings.join())
      assert.equal(error.where?.['name'], 'Transfer-Encoding')
    }
    assert.equal((await post('chunked')).status, 200)
    assert.equal((await post('Chunked')).status, 200)
  })
})
