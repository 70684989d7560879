import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { sampleUser } from '../../../test/model/sample.ts'
import { derivedFrom } from './derived.ts'
import { openMarkList } from './mark-list.ts'

describe('marks', () => {
  it('are in order, each once', () => {
    const list = openMarkList()
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2000, max: 2000 }), { maxLength: 5000, size: 'max' }), (marks) => {
        for (const mark of marks) list.add(mark)
        assert.deepEqual(
          [...list.take()],
          [...new Set(marks)].sort((a, b) => a - b),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('that are hashes are below zero, and come in order', () => {
    const user = sampleUser(1, { fullName: 'Zoë Ångström', phones: ['+442079460113'], tags: { team: 'north' } })
    const { hashes } = derivedFrom(user)
    assert.ok(hashes.length > 20)
    assert.ok(hashes.every((mark, at) => mark < 0 && (at === 0 || mark > (hashes[at - 1] ?? 0))))
  })
})
