import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answerCache } from './answer-cache.ts'
import type { WholeAnswer } from './ready-answer.ts'

const answerOf = (length: number): WholeAnswer => ({
  status: 200,
  headers: [],
  etag: undefined,
  body: [Buffer.alloc(length)],
})

describe('answerCache', () => {
  it('gives back what was kept at the same revision, and nothing at another', () => {
    const cache = answerCache(1_000_000)
    const answer = cache.put('a', 7, answerOf(10))
    assert.equal(cache.get('a', 7), answer)
    assert.equal(cache.get('b', 7), undefined)
    assert.equal(cache.get('a', 6), undefined)
    assert.equal(cache.get('a', 8), undefined)
  })

  it('forgets everything of older revisions, and takes nothing from them', () => {
    const cache = answerCache(1_000_000)
    cache.put('a', 7, answerOf(10))
    cache.put('b', 8, answerOf(10))
    assert.equal(cache.get('a', 7), undefined)
    cache.put('c', 7, answerOf(10))
    assert.equal(cache.get('c', 8), undefined)
    assert.notEqual(cache.get('b', 8), undefined)
  })

  it('never holds more bytes than it may', () => {
    const cache = answerCache(100_000)
    for (let index = 0; index < 1000; index++) {
      cache.put(`key ${index}`, 1, answerOf((index * 37) % 9000))
      assert.ok(cache.bytes <= 100_000, `${cache.bytes} bytes`)
    }
    assert.ok(cache.bytes > 50_000)
  })

  it('counts an answer that is kept again once', () => {
    const cache = answerCache(100_000)
    cache.put('a', 1, answerOf(5000))
    const { bytes } = cache
    cache.put('a', 1, answerOf(5000))
    assert.equal(cache.bytes, bytes)
  })

  it('lets go of what was not used before what was', () => {
    const cache = answerCache(60_000)
    cache.put('used', 1, answerOf(4000))
    for (let index = 0; index < 20; index++) {
      assert.notEqual(cache.get('used', 1), undefined)
      cache.put(`once ${index}`, 1, answerOf(4000))
    }
    assert.equal(cache.get('once 0', 1), undefined)
  })

  it('keeps no answer that would take the room of most others', () => {
    const cache = answerCache(100_000)
    cache.put('large', 1, answerOf(50_000))
    assert.equal(cache.get('large', 1), undefined)
    assert.equal(cache.bytes, 0)
  })

  it('keeps nothing when it may hold nothing', () => {
    const cache = answerCache(0)
    cache.put('a', 1, answerOf(0))
    assert.equal(cache.get('a', 1), undefined)
  })
})
