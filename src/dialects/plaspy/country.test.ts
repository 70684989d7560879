import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countries } from './country.ts'

describe('countries', () => {
  it('names the 249 countries of ISO 3166-1 by their two letters', () => {
    const all = Object.entries(countries())
    assert.equal(all.length, 249)
    for (const [code, name] of all) {
      assert.match(code, /^[A-Z]{2}$/)
      assert.notEqual(name, code)
    }
    assert.equal(countries()['CO'], 'Colombia')
    assert.equal(countries()['US'], 'United States')
  })
})
