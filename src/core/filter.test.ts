import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { all, any, ANY, equal, EVERYONE, fieldsOf, LIVE, NOBODY, not, wildcard, type TextPart } from './filter.ts'

const anna = equal('givenName', 'Anna')
const active = equal('status', 'active')

describe('all', () => {
  it('of nothing is everyone', () => {
    assert.deepEqual(all(), EVERYONE)
    assert.deepEqual(all(undefined, undefined), EVERYONE)
  })

  it('of one filter is that filter', () => {
    assert.equal(all(undefined, anna), anna)
    assert.equal(all(all(anna)), anna)
  })

  it('takes in the filters of other alls, so that narrowing twice nests no deeper', () => {
    assert.deepEqual(all(all(anna, active), LIVE), { kind: 'all', of: [anna, active, LIVE] })
    assert.equal(all(EVERYONE, anna), anna)
  })

  it('keeps a filter for nobody', () => {
    assert.deepEqual(all(NOBODY, anna), { kind: 'all', of: [NOBODY, anna] })
  })
})

describe('any', () => {
  it('of nothing is nobody', () => {
    assert.deepEqual(any(), NOBODY)
  })

  it('of one filter is that filter', () => {
    assert.equal(any(anna), anna)
    assert.deepEqual(any(anna, active), { kind: 'any', of: [anna, active] })
  })
})

describe('wildcard', () => {
  const parts = (pattern: string): readonly TextPart[] => {
    const filter = wildcard('givenName', pattern)
    return filter.kind === 'text' ? filter.parts : assert.fail(filter.kind)
  }

  it('reads every star as any run of characters, and several in a row as one', () => {
    assert.deepEqual(parts('*'), [ANY])
    assert.deepEqual(parts('***'), [ANY])
    assert.deepEqual(parts('a*'), ['a', ANY])
    assert.deepEqual(parts('*a'), [ANY, 'a'])
    assert.deepEqual(parts('*a**b*'), [ANY, 'a', ANY, 'b', ANY])
  })

  it('reads a pattern without a star as the whole text, and an empty one as the empty text', () => {
    assert.deepEqual(parts('anna'), ['anna'])
    assert.deepEqual(parts(''), [])
  })

  it('knows no other special character', () => {
    assert.deepEqual(parts('%_?\\[a]'), ['%_?\\[a]'])
  })
})

describe('fieldsOf', () => {
  it('finds the fields at any depth, also under a negation', () => {
    const filter = all(any(anna, not(equal('createdBy', 'x'))), wildcard('tags.role', 'a*'), {
      kind: 'subtree',
      customerId: 1,
    })
    assert.deepEqual(fieldsOf(filter), ['givenName', 'createdBy', 'tags.role', 'customerId'])
    assert.deepEqual(fieldsOf({ kind: 'present', field: 'email' }), ['email'])
    assert.deepEqual(fieldsOf({ kind: 'in', field: 'updatedBy', values: [] }), ['updatedBy'])
    assert.deepEqual(fieldsOf(EVERYONE), [])
  })
})
