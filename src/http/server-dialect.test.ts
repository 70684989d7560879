import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { guarded, openTiny, type TinyServer } from '../../test/tiny-server.ts'
import type { Store } from '../core/store.ts'

describe('the server itself', () => {
  let tiny: TinyServer
  let isFailing = false
  before(async () => {
    tiny = await openTiny({
      routes: [guarded('/tiny', { answer: () => Promise.resolve({ status: 200, body: 'ok' }), cacheable: true })],
      store: (store: Store) => ({
        ...store,
        check: () => (isFailing ? Promise.reject(new Error('secret reason')) : store.check()),
      }),
    })
  })
  after(() => tiny.close())

  const get = (path: string) => tiny.send({ path, headers: { authorization: '' } })

  it('says that it lives, and whether it is ready', async () => {
    assert.equal((await get('/healthz')).text, '{"status":"ok"}\n')
    assert.equal((await get('/readyz')).text, '{"status":"ready","database":"ok"}\n')
    isFailing = true
    const answer = await get('/readyz')
    isFailing = false
    assert.equal(answer.status, 503)
    assert.equal(answer.text, '{"status":"not ready","database":"away"}\n')
    assert.equal((await get('/healthz')).status, 200)
  })

  it('says where everything is', async () => {
    const index = JSON.parse((await get('/')).text) as Record<string, unknown>
    assert.deepEqual(index['openapi'], { tiny: '/openapi/tiny.json' })
    for (const path of Object.values(index).filter((value) => typeof value === 'string' && value.startsWith('/'))) {
      assert.equal((await get(path as string)).status, 200, path as string)
    }
  })

  it('shows an OpenAPI document of each dialect', async () => {
    const answer = await get('/openapi/tiny.json')
    assert.equal(answer.status, 200)
    const document = JSON.parse(answer.text) as { openapi: string; paths: object }
    assert.match(document.openapi, /^3\.1/)
    assert.deepEqual(Object.keys(document.paths), ['/tiny'])
    const headers = { 'if-none-match': answer.headers['etag'] ?? '' }
    assert.equal((await tiny.send({ path: '/openapi/tiny.json', headers })).status, 304)
    assert.equal((await get('/openapi/other.json')).status, 404)
  })

  it('refuses parameters, but where probes, scrapers and links add some of their own', async () => {
    for (const path of ['/openapi/tiny.json', '/llms.txt', '/.well-known/jwks.json']) {
      const answer = await get(`${path}?x=1`)
      assert.equal(answer.status, 400, path)
      assert.equal((JSON.parse(answer.text) as { detail: string }).detail, 'Unknown parameter x. There are none here.')
    }
    for (const path of ['/', '/healthz', '/readyz', '/metrics'])
      assert.equal((await get(`${path}?x=1`)).status, 200, path)
  })

  it('says what is here as a text for language models, under the address it was asked by', async () => {
    const answer = await get('/llms.txt')
    assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8')
    assert.match(answer.text, /^# Rollcall\n\n> /)
    assert.ok(answer.text.includes(`(${tiny.url}/openapi/tiny.json)`), answer.text)
  })

  it('shows the public keys of signed tokens, and no private ones', async () => {
    const answer = await get('/.well-known/jwks.json')
    assert.equal(answer.headers['content-type'], 'application/jwk-set+json')
    const { keys } = JSON.parse(answer.text) as { keys: Record<string, string>[] }
    assert.equal(keys.length, 1)
    assert.equal(keys[0]?.['kid'], tiny.signing.kid)
    assert.equal(keys[0]['d'], undefined)
  })

  it('counts what it does', async () => {
    for (let index = 0; index < 3; index++) await tiny.send({ path: '/tiny' })
    await get('/tiny')
    const { text, headers } = await get('/metrics')
    assert.match(headers['content-type'] ?? '', /^text\/plain; version=0\.0\.4/)
    const value = (name: string) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1])
    const labels = 'dialect="tiny",operation="GET /tiny"'
    assert.equal(value(`rollcall_http_requests_total{${labels},status="200"}`), 3)
    assert.equal(value(`rollcall_http_requests_total{${labels},status="401"}`), 1)
    assert.equal(value(`rollcall_http_request_duration_seconds_count{${labels}}`), 4)
    assert.equal(value(`rollcall_answer_cache_hits_total{${labels}}`), 2)
    assert.equal(value('rollcall_http_requests_in_flight'), 1)
    assert.equal(value('rollcall_store_revision'), await tiny.store.revision())
    assert.ok(value('rollcall_resident_memory_bytes') > 1e6)
    assert.match(text, /^rollcall_event_loop_delay_seconds\{quantile="0\.99"\} /m)
  })

  it('answers wrong methods as RFC 9457 has it', async () => {
    const answer = await tiny.send({ method: 'POST', path: '/healthz' })
    assert.equal(answer.status, 405)
    assert.equal(answer.headers['allow'], 'GET, HEAD, OPTIONS')
    assert.equal(answer.headers['content-type'], 'application/problem+json')
  })
})
