import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { sampleUser } from '../../../test/model/sample.ts'
import { derivedFrom } from './derived.ts'
import { inOrder } from './marks.ts'

describe('marks', () => {
  it('are in order, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 })), (marks) => {
        assert.deepEqual(
          [...inOrder(marks)],
          [...new Set(marks)].sort((a, b) => a - b),
        )
      }),
    )
  })

  it('that are hashes are below zero, and come in order', () => {
    const user = sampleUser(1, { fullName: 'Zoë Ångström', phones: ['+442079460113'], tags: { team: 'north' } })
    const { hashes } = derivedFrom(user)
    assert.ok(hashes.length > 20)
    assert.ok(hashes.every((mark, at) => mark < 0 && (at === 0 || mark > (hashes[at - 1] ?? 0))))
  })
})
