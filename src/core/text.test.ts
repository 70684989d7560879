import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/arbitrary/runs.ts'
import { storableText } from '../../test/arbitrary/text.ts'
import { compareCodePoints, fold, isStorable, words } from './text.ts'

describe('fold', () => {
  it('gives letters with and without marks, in either form and case, one key', () => {
    for (const text of ['é', 'e\u0301', 'É', 'E\u0301', 'e', 'E', 'è', 'ệ', 'e\u0323\u0302', 'e\u0302\u0323']) {
      assert.equal(fold(text), 'e', JSON.stringify(text))
    }
  })

  it('folds case fully, in every alphabet', () => {
    const same = [
      ['ß', 'ss'], ['ẞ', 'ss'], ['STRASSE', 'straße'], ['ſ', 's'], ['İ', 'i'], ['ı', 'i'], ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
      ['ς', 'σ'], ['ﬁ', 'FI'], ['ǅ', 'ǆ'], ['\u212a', 'k'], ['\u212b', 'å'], ['ᾳ', 'ΑΙ'], ['Ꭰ', 'ꭰ'], ['𐐀', '𐐨'], ['ԵՒ', 'և'],
    ] as const // prettier-ignore
    for (const [a, b] of same) assert.equal(fold(a), fold(b), `${a} and ${b}`)
  })

  it('gives compatible forms one key', () => {
    for (const [a, b] of [
      ['ｶﾞ', 'ガ'],
      ['Ａ', 'a'],
      ['²', '2'],
      ['½', '1⁄2'],
      ['ﷺ', 'صلى الله عليه وسلم'],
    ] as const) {
      assert.equal(fold(a), fold(b), `${a} and ${b}`)
    }
  })

  it('leaves apart what is another letter', () => {
    for (const [a, b] of [
      ['ø', 'o'],
      ['ł', 'l'],
      ['đ', 'd'],
      ['か', 'カ'],
      ['中', '丈'],
      ['𐐀', '𐐁'],
    ] as const) {
      assert.notEqual(fold(a), fold(b), `${a} and ${b}`)
    }
  })

  it('leaves a text with nothing but marks empty', () => {
    assert.equal(fold('\u0301\u0323'), '')
  })

  it('is idempotent, and the same for every form and case, for each character that has any', () => {
    const changing = /[\p{Changes_When_NFKC_Casefolded}\p{Changes_When_Casemapped}\p{M}]/u
    let tried = 0
    for (let point = 1; point < 0x32000; point++) {
      const character = String.fromCodePoint(point)
      if (!changing.test(character)) continue
      tried++
      const key = fold(character)
      const forms = [
        key,
        character.toUpperCase(),
        character.toLowerCase(),
        character.normalize('NFC'),
        character.normalize('NFKD'),
      ]
      for (const form of forms) {
        if (fold(form) !== key)
          assert.fail(`U+${point.toString(16)} has the keys of ${JSON.stringify([key, fold(form)])}`)
      }
    }
    assert.ok(tried > 5_000, `only ${tried} characters were tried`)
  })

  it('is idempotent on any text', () => {
    fc.assert(
      fc.property(storableText, (text) => {
        assert.equal(fold(fold(text)), fold(text))
      }),
      runs(500),
    )
  })

  it('gives a whole the keys of its parts, wherever it is cut between two code points', () => {
    fc.assert(
      fc.property(storableText, fc.nat(), (text, place) => {
        const points = Array.from(text)
        const cut = place % (points.length + 1)
        const [head, tail] = [points.slice(0, cut).join(''), points.slice(cut).join('')]
        assert.equal(fold(head) + fold(tail), fold(text))
      }),
      runs(1_000),
    )
  })

  it('is the same for the composed and the decomposed form of any text', () => {
    fc.assert(
      fc.property(storableText, (text) => {
        assert.equal(fold(text.normalize('NFC')), fold(text.normalize('NFD')))
      }),
      runs(500),
    )
  })
})

describe('compareCodePoints', () => {
  const bytewise = (a: string, b: string) => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)))

  it('orders characters above the surrogates after those below', () => {
    const ascending = ['', '\u0001', ' ', 'a', 'aa', 'b', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}']
    for (const [index, text] of ascending.entries()) {
      for (const [other, than] of ascending.entries()) {
        assert.equal(Math.sign(compareCodePoints(text, than)), Math.sign(index - other))
      }
    }
  })

  it('orders any two texts as their bytes in UTF-8', () => {
    fc.assert(
      fc.property(storableText, storableText, storableText, (start, a, b) => {
        assert.equal(Math.sign(compareCodePoints(start + a, start + b)), bytewise(start + a, start + b))
      }),
      runs(1_000),
    )
  })
})

describe('isStorable', () => {
  it('refuses halves of surrogate pairs and NUL, and nothing else', () => {
    for (const text of ['\ud800', 'a\udfff', '\udc00\ud800', 'a\0b', '\0']) assert.equal(isStorable(text), false)
    fc.assert(
      fc.property(storableText, (text) => {
        assert.equal(isStorable(text), true)
      }),
      runs(100),
    )
  })
})

describe('words', () => {
  it('gives the runs of letters and digits on their keys', () => {
    assert.deepEqual(words('Jean-Luc O’Brien <Jean.Luc@Example.com>'), [
      'jean',
      'luc',
      'o',
      'brien',
      'jean',
      'luc',
      'example',
      'com',
    ])
    assert.deepEqual(words('É\u0301tude n° ２３'), ['etude', 'n', '23'])
    assert.deepEqual(words('山田 太郎 😀'), ['山田', '太郎'])
    assert.deepEqual(words(' -_%*"()'), [])
  })
})
