import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleUser } from '../../test/model/sample.ts'
import { decodeUser, DOCUMENT_FIELDS, encodeUser } from './document.ts'
import type { User } from './user.ts'

describe('the document of a user', () => {
  const user: User = {
    ...sampleUser(7, { tags: { team: 'Ä"\\\u2028' }, attributes: { a: [null, { b: 1 }] } }),
    number: 7,
    revision: 3,
  }

  it('has every field once, in their order', () => {
    const { open, metadata } = encodeUser(user)
    assert.deepEqual(Object.keys(JSON.parse(`${open}${metadata}}`) as object), DOCUMENT_FIELDS)
    assert.deepEqual(Object.keys(JSON.parse(`${open}}`) as object), DOCUMENT_FIELDS.slice(0, -2))
  })

  it('is read back as the same user', () => {
    const { open, metadata } = encodeUser(user)
    assert.deepEqual(decodeUser(open, metadata), user)
  })
})
