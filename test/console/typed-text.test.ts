import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { heard, textOf, typed } from '../../console/src/widgets/typed-text.ts'

describe('A box that the address follows', () => {
  const quick = ['d', 'du', 'dur'].reduce(typed, textOf(''))

  it('keeps what is typed while the address is behind', () => {
    assert.equal(quick.text, 'dur')
    assert.equal(heard(quick, ''), quick)
    const one = heard(quick, 'd')
    assert.equal(one.text, 'dur')
    const all = heard(heard(one, 'du'), 'dur')
    assert.deepEqual(all, textOf('dur'))
    assert.deepEqual(heard(quick, 'dur'), textOf('dur'))
  })

  it('shows what the address says of itself', () => {
    assert.deepEqual(heard(textOf('dur'), 'ada'), textOf('ada'))
    assert.deepEqual(heard(heard(quick, 'dur'), ''), textOf(''))
  })
})
