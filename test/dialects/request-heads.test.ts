import assert from 'node:assert/strict'
import { createConnection } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { startRollcall, type Rollcall } from '../harness.ts'

const DIALECTS = [
  { name: 'alvys', path: '/api/p/v1/users/list', shape: ['status', 'title', 'traceId', 'type'] },
  { name: 'nameshield', path: '/user/v1/users', shape: ['errors', 'message'] },
  { name: 'd3lay', path: '/users', shape: ['code', 'message'] },
  { name: 'devrev', path: '/sys-users.list', shape: ['message', 'type'] },
  { name: 'plaspy', path: '/api/users', shape: ['error', 'success'] },
  { name: 'rollcall', path: '/v1/users', shape: ['detail', 'instance', 'status', 'title', 'type'] },
]

const GONE_S = 10

describe('a request head that is wrong', () => {
  let rollcall: Rollcall
  before(async () => {
    rollcall = await startRollcall()
  })
  after(() => rollcall.stop())

  const ask = (...lines: readonly string[]) => exchange(rollcall.url, lines)
  const token = () => `Authorization: Bearer ${rollcall.tokens.reader?.secret ?? ''}`

  for (const { name, path, shape } of DIALECTS) {
    describe(`is refused as ${name} refuses`, () => {
      const check = (answer: Answer, status: number) => {
        assert.equal(answer.status, status, answer.text)
        const found = Object.keys(JSON.parse(answer.text) as object)
        assert.deepEqual(
          shape.filter((member) => !found.includes(member)),
          [],
          answer.text,
        )
        assert.equal(/^x-ratelimit-remaining: \d+\r?$/im.test(answer.head), name === 'devrev', answer.head)
      }

      it('where it has two Hosts', async () =>
        check(await ask(`GET ${path} HTTP/1.1`, 'Host: a', 'Host: b', token()), 400))

      it('where it has two Authorizations', async () =>
        check(await ask(`GET ${path} HTTP/1.1`, 'Host: a', token(), 'Authorization: Bearer garbage'), 401))

      it('where its body is in a coding other than chunked', async () =>
        check(
          await ask(`GET ${path} HTTP/1.1`, 'Host: a', token(), 'Transfer-Encoding: gzip, chunked', '', '0', ''),
          400,
        ))

      it('where its method is in small letters', async () =>
        check(await ask(`get ${path} HTTP/1.1`, 'Host: a', token()), 400))

      it('where its target is too long for any head', async () =>
        check(await ask(`GET ${path}?${'x'.repeat(40_000)} HTTP/1.1`, 'Host: a'), 414))

      it('where it is too large', async () =>
        check(await ask(`GET ${path} HTTP/1.1`, 'Host: a', `X: ${'x'.repeat(40_000)}`), 431))
    })
  }
})

interface Answer {
  readonly status: number
  readonly head: string
  readonly text: string
}

function exchange(url: string, lines: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const socket = createConnection({ host: hostname, port: Number(port), timeout: GONE_S * 1000 })
    let received = ''
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('utf8')))
    socket.on('timeout', () => socket.destroy(new Error('No end of the answer came.')))
    socket.on('error', (error) => (received === '' ? reject(error) : undefined))
    socket.on('close', () => {
      const split = received.indexOf('\r\n\r\n')
      const head = received.slice(0, split)
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, text: received.slice(split + 4) })
    })
    const [request = '', ...headers] = lines
    socket.write([request, 'Connection: close', ...headers, '', ''].join('\r\n'))
  })
}
