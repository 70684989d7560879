import assert from 'node:assert/strict'
import { describe } from 'node:test'
import {
  all,
  any,
  ANY,
  equal,
  EVERYONE,
  LIVE,
  NOBODY,
  not,
  wildcard,
  type Filter,
  type TextPart,
} from '../../src/core/filter.ts'
import { newCustomer, newUser, write } from '../model/sample.ts'
import { numbers } from './ask.ts'
import { onStore, type Open } from './subject.ts'

/** Filters find the users `matches` finds; random ones are tried in test/properties. */
export function filters(open: Open): void {
  const it = onStore(open)
  describe('filters', () => {
    it('take every pattern literally but for ANY', async (store) => {
      const texts = ['%', '_', '*', 'a%b', 'a*b', 'a_b', 'a\\b', "a'b", 'a"b', 'AND', '', 'a\nb', 'axb', '[a]', '?']
      await write(store, newCustomer(1), ...texts.map((description, n) => newUser(n, { description })))
      for (const [n, text] of texts.entries()) {
        assert.deepEqual(
          await numbers(store, { kind: 'text', field: 'description', parts: text === '' ? [] : [text] }),
          [n + 1],
          text,
        )
      }
      assert.deepEqual(await numbers(store, wildcard('description', 'a*b')), [4, 5, 6, 7, 8, 9, 12, 13])
      assert.deepEqual(await numbers(store, { kind: 'text', field: 'description', parts: [ANY, '*', ANY] }), [3, 5])
      assert.deepEqual(
        await numbers(store, { kind: 'text', field: 'description', parts: [ANY] }),
        texts.map((_, n) => n + 1),
      )
    })

    it('find beginnings, ends and middles on both sides of the surrogates', async (store) => {
      const letters = ['\u0001', 'a', '\ud7fb', '\ud7ff', '\ue000', '\ufffd', '\uffff', '\u{10000}', '😀', '\u{10ffff}']
      await write(
        store,
        newCustomer(1),
        ...letters.map((letter, n) => newUser(n, { description: `${letter}-${letter}` })),
      )
      for (const [n, letter] of letters.entries()) {
        const shapes: readonly (readonly TextPart[])[] = [
          [letter, ANY],
          [ANY, letter],
          [ANY, '-', letter],
          [letter, '-', ANY],
          [ANY, `-${letter}`, ANY],
        ]
        for (const parts of shapes)
          assert.deepEqual(await numbers(store, { kind: 'text', field: 'description', parts }), [n + 1])
      }
    })

    it('order texts by code point', async (store) => {
      const letters = ['a', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}']
      await write(store, newCustomer(1), ...letters.map((description, n) => newUser(n, { description })))
      for (const [n, value] of letters.entries()) {
        const before = letters.slice(0, n).map((_, index) => index + 1)
        assert.deepEqual(await numbers(store, { kind: 'compare', field: 'description', op: 'lt', value }), before)
      }
    })

    it('with an absent value are false, and their negation true', async (store) => {
      await write(store, newCustomer(1), newUser(1, { role: 'a', adminDevices: 1 }), newUser(2))
      const questions: readonly Filter[] = [
        equal('role', 'a'),
        { kind: 'compare', field: 'adminDevices', op: 'lt', value: 5 },
        { kind: 'in', field: 'role', values: ['a', 'b'] },
        wildcard('role', '*'),
        { kind: 'present', field: 'role' },
      ]
      for (const question of questions) {
        assert.deepEqual(await numbers(store, question), [1])
        assert.deepEqual(await numbers(store, not(question)), [2])
        assert.deepEqual(await numbers(store, not(not(question))), [1])
        assert.deepEqual(await numbers(store, not(all(question, EVERYONE))), [2])
        assert.deepEqual(await numbers(store, not(any(question, NOBODY))), [2])
      }
    })

    it('of nothing at all find everybody or nobody', async (store) => {
      await write(store, newCustomer(1), newUser(1), newUser(2, { status: 'deleted' }))
      assert.deepEqual(await numbers(store, EVERYONE), [1, 2])
      assert.deepEqual(await numbers(store, not(EVERYONE)), [])
      assert.deepEqual(await numbers(store, NOBODY), [])
      assert.deepEqual(await numbers(store, not(NOBODY)), [1, 2])
      assert.deepEqual(await numbers(store, LIVE), [1])
      assert.deepEqual(await numbers(store, not(LIVE)), [2])
      assert.deepEqual(await numbers(store, { kind: 'in', field: 'role', values: [] }), [])
    })

    it('take as many values, conditions and levels as a query may have', async (store) => {
      await write(store, newCustomer(1), newUser(1), newUser(2), newUser(3))
      const values = Array.from({ length: 1_000 }, (_, n) => (n === 500 ? 'USER-2' : `nobody-${n}`))
      assert.deepEqual(await numbers(store, { kind: 'in', field: 'identifier', values }), [2])
      const conditions = Array.from({ length: 511 }, (_, n) =>
        equal('identifier', n === 500 ? 'user-3' : `nobody-${n}`),
      )
      assert.deepEqual(await numbers(store, any(...conditions)), [3])
      assert.deepEqual(await numbers(store, all(...conditions.map(not))), [1, 2])
      const patterns = Array.from({ length: 511 }, (_, n) =>
        wildcard('identifier', n === 500 ? '*ser-3' : `*nobody-${n}*`),
      )
      assert.deepEqual(await numbers(store, any(...patterns)), [3])
      assert.deepEqual(await numbers(store, any(...patterns, ...conditions.slice(0, 5))), [3])
      assert.deepEqual(await numbers(store, all(...patterns.map(not), LIVE)), [1, 2])
      assert.deepEqual(await numbers(store, all(...patterns)), [])
      const tags = Array.from({ length: 511 }, (_, n) => equal('tags.role', `nobody-${n}`))
      assert.deepEqual(await numbers(store, any(...tags, equal('number', 1))), [1])
      assert.deepEqual(await numbers(store, all(...tags)), [])
      let deep: Filter = equal('identifier', 'user-1')
      for (let level = 0; level < 16; level++)
        deep = level % 2 === 0 ? any(not(deep), NOBODY, NOBODY) : all(not(deep), EVERYONE, LIVE)
      assert.deepEqual(await numbers(store, deep), [1])
      const parts = Array.from({ length: 32 }, (_, n): TextPart => (n % 2 === 0 ? ANY : 'a'))
      assert.deepEqual(await numbers(store, { kind: 'text', field: 'identifier', parts }), [])
    })

    it('tell numbers apart that no text of JSON does', async (store) => {
      await write(store, newCustomer(1), newUser(1), newUser(2))
      const above = (value: number): Filter => ({ kind: 'compare', field: 'number', op: 'gt', value })
      assert.deepEqual(await numbers(store, above(-Infinity)), [1, 2])
      assert.deepEqual(await numbers(store, above(Infinity)), [])
      assert.deepEqual(await numbers(store, above(NaN)), [])
    })

    it('by subtree find the users of a customer and of all below it', async (store) => {
      await write(
        store,
        newCustomer(1),
        newCustomer(12),
        newCustomer(2, 1),
        newCustomer(3, 2),
        ...[1, 12, 2, 3].map((customerId, n) => newUser(n, { customerId })),
      )
      const below = (customerId: number) => numbers(store, { kind: 'subtree', customerId })
      assert.deepEqual(await below(1), [1, 3, 4])
      assert.deepEqual(await below(2), [3, 4])
      assert.deepEqual(await below(12), [2])
      assert.deepEqual(await below(99), [])
      assert.deepEqual(await numbers(store, not({ kind: 'subtree', customerId: 2 })), [1, 2])
      assert.deepEqual(await numbers(store, not({ kind: 'subtree', customerId: 99 })), [1, 2, 3, 4])
    })
  })
}
