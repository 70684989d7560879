import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { atOnce } from './at-once.ts'

const TOKEN = { tokenId: 'a' }

describe('requests answered at once', () => {
  it('are as many as are let in, until one of them has ended', () => {
    const limits = atOnce()
    const ends = [limits.begin('export', TOKEN, 2), limits.begin('export', TOKEN, 2)]
    assert.throws(() => limits.begin('export', TOKEN, 2), {
      code: 'too_many_requests',
      retryAfterS: 5,
      message: /At most 2/,
    })
    ends[0]?.()
    ends.push(limits.begin('export', TOKEN, 2))
    assert.throws(() => limits.begin('export', TOKEN, 2), { code: 'too_many_requests' })
  })

  it('are counted by token, with the sessions made from it, and by name', () => {
    const limits = atOnce()
    limits.begin('export', TOKEN, 1)
    assert.throws(() => limits.begin('export', { tokenId: 'session', parentId: 'a' }, 1), { code: 'too_many_requests' })
    limits.begin('export', { tokenId: 'b' }, 1)
    limits.begin('import', TOKEN, 1)
  })
})
