import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memory } from './memory.ts'

describe('a memory', () => {
  it('forgets what was not asked for longest', () => {
    const known = memory<number>(2)
    known.set('a', 1)
    known.set('b', 2)
    known.get('a')
    known.set('c', 3)
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => known.get(key)),
      [1, undefined, 3],
    )
  })

  it('tells keys apart however long they are', () => {
    const known = memory<number>(10)
    const long = 'x'.repeat(100_000)
    for (const [value, key] of ['', long, `${long}a`, `${long}b`].entries()) known.set(key, value)
    known.set(`${long}a`, 7)
    assert.deepEqual(
      ['', long, `${long}a`, `${long}b`, `${long}c`].map((key) => known.get(key)),
      [0, 1, 7, 3, undefined],
    )
  })
})
