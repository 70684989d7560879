import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isNumberTyped } from '../../console/src/text/count.ts'

describe('A number that is typed to confirm', () => {
  it('is plain digits, or written as the language writes it', () => {
    for (const locale of ['en', 'de', 'de-CH', 'fr', 'hi', 'ar-EG', 'fa', 'bn', 'my', 'mr']) {
      const language = new Intl.NumberFormat(locale)
      for (const count of [101, 1001, 12_345, 1_234_567]) {
        for (const text of [String(count), language.format(count), ` ${language.format(count)} `]) {
          assert.ok(isNumberTyped(text, count, language), `${locale} ${text}`)
        }
        assert.ok(!isNumberTyped(language.format(count + 1), count, language), locale)
      }
    }
  })

  it('is nothing else', () => {
    const language = new Intl.NumberFormat('en')
    for (const text of ['', ' ', '1,00', '-1001', '1001x', '10011'])
      assert.ok(!isNumberTyped(text, 1001, language), text)
  })
})
