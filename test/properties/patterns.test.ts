import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ANY, not, type Filter, type TextPart } from '../../src/core/filter.ts'
import type { Query } from '../../src/core/query.ts'
import { runs } from '../arbitrary/runs.ts'
import { fragment, storableText } from '../arbitrary/text.ts'
import { listUsers } from '../model/list.ts'
import { newCustomer, newUser, write } from '../model/sample.ts'
import { worldIn } from '../model/state.ts'
import { engine, withStore } from './store.ts'

const texts = fc.array(fc.oneof(storableText, fragment), { minLength: 1, maxLength: 15, size: 'max' })

/** A stretch of one of the texts, by code point: from where, how long, and where there may be more. */
interface Cut {
  readonly text: number
  readonly from: number
  readonly length: number
  readonly before: boolean
  readonly after: boolean
  readonly again: number | undefined
}

const cut: fc.Arbitrary<Cut> = fc.record({
  text: fc.nat({ max: 14 }),
  from: fc.nat({ max: 8 }),
  length: fc.integer({ min: 1, max: 5 }),
  before: fc.boolean(),
  after: fc.boolean(),
  again: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
})

function partsFrom(texts: readonly string[], { text, from, length, before, after, again }: Cut): readonly TextPart[] {
  const points = Array.from(texts[text % texts.length] ?? '')
  const start = before ? from % (points.length + 1) : 0
  const end = after ? start + length : points.length
  const rest = again === undefined ? [] : [ANY, points.slice(end + again).join('')]
  return [...(before ? [ANY] : []), points.slice(start, end).join(''), ...(after ? [ANY] : []), ...rest] as TextPart[]
}

describe('a pattern', () => {
  it('finds what the model finds: any start, end or middle of any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        engine,
        texts,
        fc.array(cut, { minLength: 1, maxLength: 60, size: 'max' }),
        (engine, texts, cuts) =>
          withStore(engine, async (store) => {
            // Every field has another text, so that none is found by the neighbour's.
            const people = texts.map((text, n) => {
              const [phone = '', a = '', group = ''] = [1, 2, 3].map((shift) => texts[(n + shift) % texts.length])
              return newUser(n, { description: text, phones: ['x', phone], attributes: { a }, group })
            })
            await write(store, newCustomer(1), ...people)
            const world = await worldIn(store)
            for (const [index, cut] of cuts.entries()) {
              const field = (['description', 'phones', 'attributes.a', 'group'] as const)[index % 4] ?? 'group'
              const parts = partsFrom(texts, cut)
              const asked: Filter = { kind: 'text', field, parts }
              for (const filter of [asked, not(asked)]) {
                const query: Query = {
                  filter,
                  sort: index % 3 === 0 ? [{ field: 'role', descending: true }] : [],
                  page: { kind: 'offset', offset: 0, limit: 20 },
                  total: true,
                }
                const [page, wanted] = [await store.users(query), listUsers(world, query)]
                const numbers = (users: typeof wanted.users) => users.map(({ number }) => number)
                assert.deepEqual(
                  numbers(page.users),
                  numbers(wanted.users),
                  JSON.stringify(parts.map((part) => (part === ANY ? null : part))),
                )
                assert.equal(page.total, wanted.total)
              }
            }
          }),
      ),
      runs(60),
    )
  })
})
