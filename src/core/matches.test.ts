import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { filter } from '../../test/arbitrary/filter.ts'
import { runs } from '../../test/arbitrary/runs.ts'
import { fragment, storableText } from '../../test/arbitrary/text.ts'
import { users } from '../../test/arbitrary/user.ts'
import { forest, sampleUser } from '../../test/model/sample.ts'
import { all, any, ANY, not, wildcard, type Filter, type TextPart } from './filter.ts'
import { attributeKeys, matches } from './matches.ts'
import { fold } from './text.ts'
import type { NewUser, User } from './user.ts'

const tree = forest({ 1: null, 2: 1, 3: 2, 4: null })

function user(changes: Partial<NewUser> = {}): User {
  return { ...sampleUser(7, changes), number: 7, revision: 9 }
}

const holds = (filter: Filter, changes: Partial<NewUser> = {}) => matches(filter, user(changes), tree)

describe('a comparison', () => {
  const compare = (
    field: 'familyName' | 'number' | 'lastLoginAt',
    op: 'eq' | 'gt' | 'ge' | 'lt' | 'le',
    value: string | number,
  ): Filter => ({ kind: 'compare', field, op, value })

  it('compares texts on their keys, in code-point order', () => {
    assert.ok(holds(compare('familyName', 'eq', 'müller'), { familyName: 'MU\u0308LLER' }))
    assert.ok(holds(compare('familyName', 'gt', '\uffff'), { familyName: '𐀀' }))
    assert.ok(holds(compare('familyName', 'lt', 'B'), { familyName: 'a' }))
    assert.ok(!holds(compare('familyName', 'lt', 'a'), { familyName: 'B' }))
  })

  it('compares numbers by size', () => {
    assert.ok(holds(compare('number', 'lt', 10)))
    assert.ok(holds(compare('number', 'ge', 7)))
    assert.ok(holds(compare('number', 'le', 7)))
    assert.ok(!holds(compare('number', 'gt', 7)))
  })

  it('with an absent value is false, and its negation true', () => {
    for (const op of ['eq', 'gt', 'ge', 'lt', 'le'] as const) {
      assert.ok(!holds(compare('lastLoginAt', op, '2026-11-22T12:00:00.000Z')))
      assert.ok(holds(not(compare('lastLoginAt', op, '2026-11-22T12:00:00.000Z'))))
    }
  })

  it('of a list holds where it holds for any of its values', () => {
    const filter: Filter = { kind: 'compare', field: 'phones', op: 'eq', value: '+33 1' }
    assert.ok(holds(filter, { phones: ['+49', '+33 1'] }))
    assert.ok(!holds(filter, { phones: [] }))
    assert.ok(!holds(not(filter), { phones: ['+49', '+33 1'] }))
  })

  it('of an id is exact but for letter case', () => {
    const id = '0195C7A0-0000-7000-8000-000000000007'
    assert.ok(holds({ kind: 'compare', field: 'id', op: 'eq', value: id }))
  })

  it('of a word is exact', () => {
    assert.ok(holds({ kind: 'compare', field: 'status', op: 'eq', value: 'active' }))
    assert.ok(!holds({ kind: 'compare', field: 'status', op: 'eq', value: 'Active' }))
  })
})

describe('a map entry', () => {
  it('is found by its exact name, with dots and names JavaScript knows', () => {
    const tags = Object.fromEntries([
      ['a.b', 'x'],
      ['__proto__', 'y'],
      ['É', 'z'],
    ])
    assert.ok(holds(wildcard('tags.a.b', 'X'), { tags }))
    assert.ok(holds(wildcard('tags.__proto__', 'y'), { tags }))
    assert.ok(!holds(wildcard('tags.é', '*'), { tags }))
    assert.ok(!holds({ kind: 'present', field: 'tags.constructor' }, { tags }))
  })

  it('compares scalars as text, lists by element, and deeper structure not at all', () => {
    assert.deepEqual(attributeKeys('É'), ['e'])
    assert.deepEqual(attributeKeys(1e21), ['1e+21'])
    assert.deepEqual(attributeKeys(false), ['false'])
    assert.deepEqual(attributeKeys(null), [])
    assert.deepEqual(attributeKeys(['A', 2, ['deep'], { deep: 1 }, null]), ['a', '2'])
    assert.deepEqual(attributeKeys({ deep: 1 }), [])
  })
})

describe('a subtree', () => {
  it('holds for a customer and everything below it', () => {
    const below: Filter = { kind: 'subtree', customerId: 2 }
    assert.deepEqual(
      [1, 2, 3, 4].map((customerId) => holds(below, { customerId })),
      [false, true, true, false],
    )
  })

  it('of a customer that does not exist holds for nobody', () => {
    assert.ok(!holds({ kind: 'subtree', customerId: 99 }, { customerId: 1 }))
  })
})

describe('a pattern', () => {
  // Tries every way to spread the text over the parts.
  function slowly(parts: readonly TextPart[], text: string): boolean {
    const [part, ...rest] = parts
    if (part === undefined) return text === ''
    if (part !== ANY) return text.startsWith(part) && slowly(rest, text.slice(part.length))
    for (let at = 0; at <= text.length; at++) if (slowly(rest, text.slice(at))) return true
    return false
  }

  const question = (parts: readonly TextPart[]): Filter => ({ kind: 'text', field: 'description', parts })

  it('agrees with trying every way to spread a text over it, on texts of two letters', () => {
    const letters = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b'), maxLength })
    const parts = fc.array(fc.oneof(fc.constant<TextPart>(ANY), letters(3)), { maxLength: 7 })
    fc.assert(
      fc.property(parts, letters(9), (parts, description) => {
        assert.equal(holds(question(parts), { description }), slowly(parts, description))
      }),
      runs(3_000),
    )
  })

  it('agrees with it on the keys of any texts', () => {
    const part = fc.oneof(fc.constant<TextPart>(ANY), fragment)
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.array(fragment, { maxLength: 3 }), (parts, more) => {
        const description = [...parts.filter((part) => part !== ANY), ...more].join('')
        const keys = parts.map((part) => (part === ANY ? ANY : fold(part)))
        assert.equal(holds(question(parts), { description }), slowly(keys, fold(description)))
      }),
      runs(500),
    )
  })

  it('finds every text by any part of it', () => {
    fc.assert(
      fc.property(storableText, fc.nat(), fc.nat(), (description, from, to) => {
        const points = Array.from(description)
        const part = points.slice(from % (points.length + 1), to % (points.length + 1)).join('')
        assert.ok(holds(question([ANY, part, ANY]), { description }))
        assert.ok(holds(question([description]), { description }))
      }),
      runs(500),
    )
  })

  it('takes no longer than the text is long for each part, however often a part nearly fits', () => {
    const parts = Array.from({ length: 31 }, (_, index): TextPart => (index % 2 === 0 ? ANY : 'aaaaaaaaab'))
    assert.ok(!holds(question(parts), { description: 'a'.repeat(4_096) }))
  })
})

describe('filters together', () => {
  it('obey the laws of logic for any user', () => {
    fc.assert(
      fc.property(users([1, 2, 3, 4], 6), filter, filter, (plans, one, other) => {
        const people = plans.map((plan, index): User => ({ ...plan, number: index + 1, revision: 1 }))
        const [p, q] = [one(people), other(people)]
        for (const person of people) {
          const [x, y] = [matches(p, person, tree), matches(q, person, tree)]
          assert.equal(matches(not(p), person, tree), !x)
          assert.equal(matches(all(p, q), person, tree), x && y)
          assert.equal(matches(any(p, q), person, tree), x || y)
          assert.equal(matches(not(all(not(p), not(q))), person, tree), x || y)
        }
      }),
      runs(200),
    )
  })
})
