import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/arbitrary/runs.ts'
import { NAMES } from '../../test/arbitrary/text.ts'
import { sampleId, sampleUser } from '../../test/model/sample.ts'
import {
  editDistance,
  editsAllowed,
  neighbourKeys,
  parseSearch,
  resemblance,
  searchScore,
  searchWords,
} from './search.ts'
import { words } from './text.ts'
import type { NewUser, User } from './user.ts'

// Few letters, so that two words are often near each other; one of them takes two UTF-16 units.
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '𐐨'), minLength: 0, maxLength: 12 })

/** A word, and what is left of it after a few slips. */
const pair = fc
  .tuple(
    fc.oneof(word, fc.constantFrom(...NAMES.flatMap(words))),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'add', 'change', 'swap', 'cut')), { maxLength: 3 }),
  )
  .map(([word, slips]) => {
    let letters = Array.from(word)
    for (const [place, slip] of slips) {
      const at = place % (letters.length + 1)
      if (slip === 'drop') letters.splice(at, 1)
      if (slip === 'add') letters.splice(at, 0, 'a')
      if (slip === 'change') letters.splice(at, 1, 'b')
      if (slip === 'swap') letters.splice(at, 2, ...letters.slice(at, at + 2).reverse())
      if (slip === 'cut') letters = letters.slice(0, at)
    }
    return [word, letters.join('')] as const
  })

describe('editDistance', () => {
  // Lowrance and Wagner's recurrence, as it stands in the books, without a bound.
  function byTheBook(a: readonly string[], b: readonly string[]): number {
    const table = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
    )
    const at = (i: number, j: number) => table[i]?.[j] ?? Infinity
    for (let i = 1; i <= a.length; i++) {
      for (let j = 1; j <= b.length; j++) {
        const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
        const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity
        const row = table[i]
        if (row) row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, i > 1 && j > 1 ? swap : Infinity)
      }
    }
    return at(a.length, b.length)
  }

  it('counts insertions, deletions, changes and swaps of neighbours, by code point', () => {
    assert.equal(editDistance('anna', 'anna', 2), 0)
    assert.equal(editDistance('anna', 'hanna', 2), 1)
    assert.equal(editDistance('anna', 'ana', 2), 1)
    assert.equal(editDistance('anna', 'anne', 2), 1)
    assert.equal(editDistance('anna', 'nana', 2), 1)
    assert.equal(editDistance('𐐨𐐩𐐪', '𐐨𐐪', 1), 1)
    assert.equal(editDistance('ca', 'abc', 3), 3)
    assert.equal(editDistance('', '', 0), 0)
  })

  it('is Infinity beyond what is allowed', () => {
    assert.equal(editDistance('anna', 'otto', 2), Infinity)
    assert.equal(editDistance('', 'abc', 2), Infinity)
  })

  it('agrees with the recurrence of the books up to any bound', () => {
    fc.assert(
      fc.property(fc.oneof(pair, fc.tuple(word, word)), fc.nat({ max: 5 }), ([a, b], most) => {
        const exact = byTheBook(Array.from(a), Array.from(b))
        assert.equal(editDistance(a, b, most), exact <= most ? exact : Infinity)
      }),
      runs(2_000),
    )
  })
})

describe('resemblance', () => {
  it('is 0 for the same word, 1 for a beginning, then 1 and the edits', () => {
    assert.equal(resemblance('anna', 'anna'), 0)
    assert.equal(resemblance('an', 'anna'), 1)
    assert.equal(resemblance('anma', 'anna'), 2)
    assert.equal(resemblance('alexnadre', 'alexander'), 3)
    assert.equal(resemblance('anna', 'an'), Infinity)
  })

  it('allows no edit below 3 letters, one below 8, and two from there', () => {
    assert.deepEqual(
      [2, 3, 7, 8].map((length) => editsAllowed('a'.repeat(length), 'a'.repeat(20))),
      [0, 1, 1, 2],
    )
    assert.equal(editsAllowed('𐐨𐐩', '𐐨𐐩𐐪'), 0)
    assert.equal(resemblance('ni', 'li'), Infinity)
  })

  it('is symmetric but for beginnings', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        if (!a.startsWith(b) && !b.startsWith(a)) assert.equal(resemblance(a, b), resemblance(b, a))
      }),
      runs(500),
    )
  })
})

describe('neighbourKeys', () => {
  it('shares a key between any two words that resemble each other without one beginning the other', () => {
    let near = 0
    fc.assert(
      fc.property(fc.oneof(pair, fc.tuple(word, word)), ([term, word]) => {
        if (resemblance(term, word) === Infinity || word.startsWith(term)) return
        near++
        const keys = new Set(neighbourKeys(word))
        assert.ok(
          neighbourKeys(term).some((key) => keys.has(key)),
          `${term} and ${word} share no key`,
        )
      }),
      runs(5_000),
    )
    assert.ok(near > 500, `only ${near} pairs resembled each other`)
  })

  it('gives few keys, without repeats, however long the word is', () => {
    const keys = neighbourKeys('abcdefghijklmnopqrstuvwxyz'.repeat(20))
    assert.equal(new Set(keys).size, keys.length)
    assert.equal(keys.length, 1 + 7 + 21)
    assert.deepEqual(neighbourKeys('li'), ['li'])
  })
})

describe('parseSearch', () => {
  it('reads folded words without repeats', () => {
    assert.deepEqual(parseSearch('  Émile  émile-DUPONT ', false), { terms: ['emile', 'dupont'], idStart: null })
  })

  it('is undefined without a letter or digit', () => {
    assert.equal(parseSearch('', true), undefined)
    assert.equal(parseSearch(' *"-😀 ', true), undefined)
  })

  it('looks for the start of an id only where ids are allowed and the text could be one', () => {
    assert.equal(parseSearch('0195C7A0-00', true)?.idStart, '0195c7a0-00')
    assert.equal(parseSearch('0195c7a0-00', false)?.idStart, null)
    assert.equal(parseSearch('019', true)?.idStart, null)
    assert.equal(parseSearch('0195 c7a0', true)?.idStart, null)
    assert.equal(parseSearch('xyzzy', true)?.idStart, null)
  })
})

describe('searchScore', () => {
  function user(changes: Partial<NewUser>): User {
    return { ...sampleUser(7, { fullName: 'x', identifier: 'x', ...changes }), number: 7, revision: 1 }
  }
  const score = (text: string, changes: Partial<NewUser>) => {
    const search = parseSearch(text, true)
    assert.ok(search)
    return searchScore(search, user(changes))
  }

  it('finds names, identifier, e-mail and description, and no other field', () => {
    for (const field of ['fullName', 'givenName', 'familyName', 'displayName', 'identifier', 'email', 'description']) {
      assert.equal(score('katharina', { [field]: 'Dr. Katharina!' }), 0, field)
    }
    for (const field of ['role', 'group', 'country', 'message', 'externalId']) {
      assert.equal(score('katharina', { [field]: 'Katharina' }), undefined, field)
    }
  })

  it('adds up how far each term is, and needs every term', () => {
    assert.equal(score('anna müller', { fullName: 'Anna Müller' }), 0)
    assert.equal(score('ann mulle', { fullName: 'Anna Müller' }), 2)
    assert.equal(score('anma muler', { fullName: 'Anna Müller' }), 4)
    assert.equal(score('anna schmidt', { fullName: 'Anna Müller' }), undefined)
  })

  it('ranks by the first four terms, but needs the ones after them too', () => {
    assert.equal(score('aa bb cc dd e', { fullName: 'aa bb cc dd eee' }), 0)
    assert.equal(score('aa bb cc dd zz', { fullName: 'aa bb cc dd eee' }), undefined)
  })

  it('is 0 for the start of an id', () => {
    assert.equal(score(sampleId(7).slice(0, 20), {}), 0)
    assert.equal(score(sampleId(8), {}), undefined)
  })

  it('takes the best word for each term', () => {
    const { description, ...rest } = { description: 'anne anna', fullName: 'Hanna' }
    assert.equal(score('anna', { ...rest, description }), 0)
    assert.deepEqual(searchWords(user({ ...rest, description })), ['hanna', 'x', 'anne', 'anna'])
  })
})
