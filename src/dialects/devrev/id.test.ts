import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { DirectoryError } from '../../core/error.ts'
import { displayId, ids } from './id.ts'

const { user, parseUser, parsePicture } = ids('don:identity:dvrv-us-1:devo/acme')

describe('the ids of DevRev', () => {
  it('name a user by either form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 15 - 1 }), (number) => {
        assert.equal(parseUser(user(number), 'id'), number)
        assert.equal(parseUser(displayId(number), 'id'), number)
      }),
    )
  })

  it('name nobody by any other text', () => {
    const known = /^(SYSU-|don:identity:dvrv-us-1:devo\/acme:sysu\/)[1-9]\d{0,14}$/
    const almost = fc.stringMatching(
      /^(SYSU|DEVU|don:identity:dvrv-us-1:devo\/(acme|other):(sysu|devu))[-/]?[0-9]{0,20}$/,
    )
    fc.assert(
      fc.property(fc.oneof(almost, fc.string()), (text) => {
        fc.pre(!known.test(text))
        assert.throws(() => parseUser(text, 'id'), DirectoryError)
      }),
    )
  })

  it('name a picture by either form, and file it under core', () => {
    const both = { id: 'don:core:dvrv-us-1:devo/acme:artifact/7', displayId: 'ARTIFACT-7' }
    assert.deepEqual(parsePicture('ARTIFACT-7', 'display_picture'), both)
    assert.deepEqual(parsePicture(both.id, 'display_picture'), both)
  })
})
