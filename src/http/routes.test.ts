import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { errorIn, guarded, open, openTiny, type TinyServer } from '../../test/tiny-server.ts'
import type { Call } from '../dialects/dialect.ts'

const echo = ({ method, path, pathParameters, query }: Pick<Call, 'method' | 'path' | 'pathParameters' | 'query'>) =>
  Promise.resolve({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method, path, pathParameters, query }),
  })

describe('routes', () => {
  let tiny: TinyServer
  before(async () => {
    tiny = await openTiny({
      routes: [
        guarded('/tiny/things', { answer: echo }),
        guarded('/tiny/things', { method: 'POST', answer: echo }),
        guarded('/tiny/things', {
          method: 'QUERY',
          answer: echo,
          operation: {
            id: 'query',
            summary: 'query',
            parameters: [],
            body: { required: true, content: { 'application/json': { schema: {}, example: {} } } },
            responses: [],
            refusals: [],
          },
        }),
        guarded('/tiny/things/:id', { answer: echo }),
        guarded('/tiny/v:version/:name', { answer: echo }),
        open('/tiny/open', { method: 'POST', answer: echo }),
      ],
    })
  })
  after(() => tiny.close())

  it('are found by method and path, with their parameters decoded', async () => {
    const answer = await tiny.send({ path: '/tiny/things/a%2Fb%20%C3%A9?x=1&x=2' })
    assert.equal(answer.status, 200)
    assert.deepEqual(JSON.parse(answer.text), {
      method: 'GET',
      path: '/tiny/things/a%2Fb%20%C3%A9',
      pathParameters: { id: 'a/b é' },
      query: [
        ['x', '1'],
        ['x', '2'],
      ],
    })
  })

  it('may have a parameter after literal text of a segment', async () => {
    const answer = await tiny.send({ path: '/tiny/v1.0/x' })
    assert.deepEqual((JSON.parse(answer.text) as Call).pathParameters, { version: '1.0', name: 'x' })
  })

  it('take paths of any length the URL may have', async () => {
    const id = 'x'.repeat(8000)
    const answer = await tiny.send({ path: `/tiny/things/${id}` })
    assert.deepEqual((JSON.parse(answer.text) as Call).pathParameters, { id })
  })

  it('do not match a parameter without text', async () => {
    const answer = await tiny.send({ path: '/tiny/things/' })
    assert.equal(answer.status, 404)
    assert.equal(errorIn(answer).reason, 'route')
  })

  it('answer HEAD like GET, without the body but with its length', async () => {
    const get = await tiny.send({ path: '/tiny/things' })
    const head = await tiny.send({ method: 'HEAD', path: '/tiny/things' })
    assert.equal(head.status, 200)
    assert.equal(head.text, '')
    assert.equal(head.headers['content-length'], get.headers['content-length'])
    assert.equal(head.headers['content-type'], 'application/json')
  })

  it('take QUERY, and insist on its Content-Type', async () => {
    const typed = await tiny.send({
      method: 'QUERY',
      path: '/tiny/things',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    assert.equal(typed.status, 200)
    const untyped = await tiny.send({ method: 'QUERY', path: '/tiny/things', body: '{}' })
    assert.equal(untyped.status, 400)
    assert.deepEqual(errorIn(untyped).where, { in: 'header', name: 'Content-Type' })
  })

  it('tell OPTIONS what a path takes, without a token', async () => {
    const answer = await tiny.send({ method: 'OPTIONS', path: '/tiny/things', headers: { authorization: '' } })
    assert.equal(answer.status, 204)
    assert.equal(answer.headers['allow'], 'GET, HEAD, POST, QUERY, OPTIONS')
    assert.equal(answer.headers['accept-query'], '"application/json"')
    assert.equal(answer.headers['content-length'], undefined)
  })

  for (const method of ['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'M-SEARCH']) {
    it(`refuse ${method} on a path that has others, and name them`, async () => {
      const answer = await tiny.send({ method, path: '/tiny/things' })
      assert.equal(answer.status, 405)
      assert.equal(answer.headers['allow'], 'GET, HEAD, POST, QUERY, OPTIONS')
      assert.equal(errorIn(answer).reason, 'method')
    })
  }

  it('say 405 for a wrong method before they look at the query or the body', async () => {
    const answer = await tiny.send({ method: 'PUT', path: '/tiny/things?%ff', body: 'x'.repeat(2_000_000) })
    assert.equal(answer.status, 405)
  })

  it('let the dialect that owns an unknown path refuse it, and the server itself the rest', async () => {
    const owned = await tiny.send({ path: '/tiny/nothing' })
    assert.equal(owned.status, 404)
    assert.equal(errorIn(owned).tiny, 'not_found')
    const orphan = await tiny.send({ path: '/nothing' })
    assert.equal(orphan.status, 404)
    assert.equal(orphan.headers['content-type'], 'application/problem+json')
    assert.deepEqual(
      { ...(JSON.parse(orphan.text) as object), instance: '' },
      { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is nothing at this path.', instance: '' },
    )
  })

  for (const path of [
    '/tiny/things/%',
    '/tiny/things/%zz',
    '/tiny/things/%ff',
    '/tiny/things/%c0%af',
    '/tiny/%ed%a0%80',
  ]) {
    it(`refuse the malformed path ${path} in the words of its owner`, async () => {
      const answer = await tiny.send({ path })
      assert.equal(answer.status, 400)
      assert.equal(errorIn(answer).reason, 'syntax')
      assert.equal(errorIn(answer).where?.['in'], 'path')
    })
  }

  it('take a target in absolute form for the path in it', async () => {
    const head = `Host: x\r\nAuthorization: Bearer ${tiny.secret}\r\nConnection: close\r\n\r\n`
    assert.match(
      await tiny.sendBytes(`GET http://elsewhere.example/tiny/things?a=b HTTP/1.1\r\n${head}`),
      /^HTTP\/1.1 200/,
    )
    assert.match(await tiny.sendBytes(`OPTIONS * HTTP/1.1\r\n${head}`), /^HTTP\/1.1 204/)
  })

  it('refuse a Host that is none', async () => {
    const answer = await tiny.send({ path: '/tiny/things', headers: { host: 'a/b' } })
    assert.equal(answer.status, 400)
    assert.deepEqual(errorIn(answer).where, { in: 'header', name: 'Host' })
  })
})

describe('routes of a dialect that does not mind letter case', () => {
  it('match in any, and keep the case of parameters', async () => {
    const tiny = await openTiny({
      routes: [
        guarded('/tiny/Things/fixed', { answer: () => Promise.resolve({ status: 204, body: null }) }),
        guarded('/tiny/Things/:id', { answer: echo }),
      ],
      dialect: { caseInsensitivePaths: true },
    })
    try {
      for (const path of ['/tiny/Things/AbC', '/TINY/tHINGS/AbC']) {
        const answer = await tiny.send({ path })
        assert.equal(answer.status, 200)
        assert.deepEqual((JSON.parse(answer.text) as Call).pathParameters, { id: 'AbC' })
      }
      assert.equal((await tiny.send({ path: '/tiny/things/FIXED' })).status, 204)
      const wrong = await tiny.send({ method: 'PUT', path: '/TINY/things/1' })
      assert.equal(wrong.status, 405)
      assert.equal(wrong.headers['allow'], 'GET, HEAD, OPTIONS')
    } finally {
      await tiny.close()
    }
  })
})
