import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError, type ErrorCode } from '../core/error.ts'
import { idempotencyOf, parseIdempotencyKey, runningKeys } from './idempotency.ts'

describe('parseIdempotencyKey', () => {
  it('takes a structured string and the bare form alike', () => {
    assert.equal(parseIdempotencyKey('"8e03978e-40d5"'), '8e03978e-40d5')
    assert.equal(parseIdempotencyKey(' 8e03978e-40d5 '), '8e03978e-40d5')
    assert.equal(parseIdempotencyKey('"a\\"b\\\\c d"'), 'a"b\\c d')
  })

  const malformed = [
    '',
    '""',
    '"a',
    'a"',
    '"a\\b"',
    '"a";b=1',
    'a b',
    'a,b',
    'a;b',
    'é',
    '"é"',
    '\u0001',
    'x'.repeat(256),
  ]
  for (const header of malformed) {
    it(`refuses ${JSON.stringify(header.slice(0, 12))}`, () => {
      assert.throws(
        () => parseIdempotencyKey(header),
        (error: unknown) => error instanceof DirectoryError && error.reason === 'format',
      )
    })
  }

  it('takes 255 characters', () => {
    assert.equal(parseIdempotencyKey('x'.repeat(255)).length, 255)
  })
})

describe('idempotencyOf', () => {
  const request = { tokenId: 't', method: 'POST', path: '/users/:id', pathParameters: { id: '7' } }
  const payload = { query: '', text: '{}' }
  const first = idempotencyOf('k', request, payload)

  it('is the same for the same request', () => {
    assert.deepEqual(idempotencyOf('"k"', { ...request }, { ...payload }), first)
  })

  it('has another scope for another caller, method or path', () => {
    const other = { pathParameters: { id: '8' } }
    for (const change of [{ tokenId: 'u' }, { method: 'PUT' }, { path: '/customers' }, other]) {
      assert.notEqual(idempotencyOf('k', { ...request, ...change }, payload).scope, first.scope)
    }
  })

  it('has another fingerprint for another body or query', () => {
    for (const change of [{ text: '{ }' }, { query: 'dryRun=true' }, { query: '{', text: '}' }]) {
      assert.notEqual(idempotencyOf('k', request, { ...payload, ...change }).fingerprint, first.fingerprint)
    }
  })
})

describe('runningKeys', () => {
  const key = idempotencyOf(
    'k',
    { tokenId: 't', method: 'POST', path: '/', pathParameters: {} },
    { query: '', text: '' },
  )

  it('refuses the second of two at once, and lets the next one in whether the first succeeded or failed', async () => {
    const running = runningKeys()
    const first = Promise.withResolvers<number>()
    const done = running.run(key, () => first.promise)
    await assert.rejects(
      running.run(key, () => Promise.resolve(2)),
      (error: unknown) => error instanceof DirectoryError && error.code === 'conflict' && error.reason === 'running',
    )
    first.reject(new Error('no'))
    await assert.rejects(done, /no/)
    assert.equal(await running.run(key, () => Promise.resolve(3)), 3)
  })

  it('asks once more where others were quicker, and only there', async () => {
    const running = runningKeys()
    let asked = 0
    const outrunBy = (code: ErrorCode) =>
      running.run(key, () => {
        asked += 1
        return asked === 1 ? Promise.reject(new DirectoryError(code, 'No.')) : Promise.resolve('kept')
      })
    assert.equal(await outrunBy('conflict'), 'kept')
    asked = 0
    assert.equal(await outrunBy('precondition_failed'), 'kept')
    asked = 0
    await assert.rejects(outrunBy('unavailable'), { code: 'unavailable' })
    assert.equal(asked, 1)
  })
})
