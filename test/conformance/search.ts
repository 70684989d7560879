import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { EVERYONE, LIVE } from '../../src/core/filter.ts'
import { parseSearch } from '../../src/core/search.ts'
import type { Store } from '../../src/core/store.ts'
import { newCustomer, newUser, nextVersion, sampleId, write } from '../model/sample.ts'
import { ask, by, numbersOf } from './ask.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

const PEOPLE = [
  'Anna Müller',
  'Hanna Muller',
  'Ana Schmidt',
  'Katharina Groß',
  'Katarina Gross',
  'Annabel Li',
  'Σίσυφος',
  '김민준',
]

async function fill(store: Store): Promise<void> {
  await write(store, newCustomer(1), ...PEOPLE.map((fullName, n) => newUser(n + 1, { fullName, identifier: `x${n}` })))
}

async function found(store: Store, text: string, ids = false): Promise<readonly number[]> {
  const search = parseSearch(text, ids)
  assert.ok(search)
  return numbersOf(await ask(store, { search }))
}

/** Search forgives slips and marks, and gives the nearest first. */
export function search(open: Open): void {
  const it = onStore(open)
  describe('search', () => {
    it('finds words, beginnings of words and words with slips, nearest first', async (store) => {
      await fill(store)
      assert.deepEqual(await found(store, 'anna'), [1, 6, 2, 3])
      assert.deepEqual(await found(store, 'muler'), [1, 2])
      assert.deepEqual(await found(store, 'katharina'), [4, 5])
      assert.deepEqual(await found(store, 'ktaharina'), [4, 5])
      assert.deepEqual(await found(store, 'gross'), [4, 5])
      assert.deepEqual(await found(store, 'ann'), [1, 6, 3])
    })

    it('does not mind case and marks in any alphabet', async (store) => {
      await fill(store)
      assert.deepEqual(await found(store, 'MU\u0308LLER'), [1, 2])
      assert.deepEqual(await found(store, 'ΣΙΣΥΦΟΣ'), [7])
      assert.deepEqual(await found(store, '김민준'), [8])
    })

    it('needs every word', async (store) => {
      await fill(store)
      assert.deepEqual(await found(store, 'anna muller'), [1, 2])
      assert.deepEqual(await found(store, 'muller anna'), [1, 2])
      assert.deepEqual(await found(store, 'anna gross'), [])
      assert.deepEqual(await found(store, 'xyzzy'), [])
    })

    it('forgives no slip in words of one or two letters', async (store) => {
      await fill(store)
      assert.deepEqual(await found(store, 'li'), [6])
      assert.deepEqual(await found(store, 'l'), [6])
      assert.deepEqual(await found(store, 'lo'), [])
    })

    it('looks at names, identifier, e-mail and description', async (store) => {
      const fields = [
        'fullName',
        'givenName',
        'familyName',
        'displayName',
        'identifier',
        'email',
        'description',
        'role',
        'message',
      ]
      await write(store, newCustomer(1), ...fields.map((field, n) => newUser(n, { [field]: `wor${n}ds` })))
      for (const [n] of fields.entries())
        assert.deepEqual(
          await found(store, `wor${n}ds`),
          n < 7 ? [n + 1, ...[1, 2, 3, 4, 5, 6, 7].filter((one) => one !== n + 1)] : [1, 2, 3, 4, 5, 6, 7],
        )
    })

    it('finds ids by their beginning, where it is asked to', async (store) => {
      await fill(store)
      assert.deepEqual(await found(store, sampleId(3), true), [3])
      assert.deepEqual(await found(store, sampleId(3).slice(0, 30).toUpperCase(), true), [1, 2, 3, 4, 5, 6, 7, 8])
      assert.deepEqual(await found(store, sampleId(3), false), [])
    })

    it('is narrowed by the filter and ordered by the sort', async (store) => {
      await fill(store)
      const anna = await store.user({ number: 1 })
      assert.ok(anna)
      await write(store, nextVersion(anna, { status: 'deleted' }))
      const search = parseSearch('anna', false)
      assert.deepEqual(numbersOf(await ask(store, { filter: LIVE, search })), [6, 2, 3])
      assert.deepEqual(numbersOf(await ask(store, { filter: LIVE, search, sort: [by('fullName')] })), [3, 6, 2])
      assert.deepEqual(
        numbersOf(await ask(store, { filter: EVERYONE, search, sort: [by('number', true)] })),
        [6, 3, 2, 1],
      )
    })

    it('goes on from a position, by score and number, in both directions', async (store) => {
      await fill(store)
      const search = parseSearch('anna', false)
      const first = await ask(store, { search, page: { kind: 'position', from: null, direction: 'after', limit: 3 } })
      assert.deepEqual([numbersOf(first), first.last, first.hasAfter], [[1, 6, 2], { keys: [2], tie: 2 }, true])
      const rest = await ask(store, {
        search,
        page: { kind: 'position', from: first.last, direction: 'after', limit: 3 },
      })
      assert.deepEqual([numbersOf(rest), rest.hasBefore, rest.hasAfter], [[3], true, false])
      const back = await ask(store, {
        search,
        page: { kind: 'position', from: rest.first, direction: 'before', limit: 2 },
      })
      assert.deepEqual([numbersOf(back), back.hasBefore, back.hasAfter], [[6, 2], true, true])
    })

    it('finds words that a refused commit would have brought, once another one has', async (store) => {
      await fill(store)
      const anna = newUser(60, { fullName: 'Wilhelmina' })
      await assertRefused(write(store, anna, newUser(61, { customerId: 99 })), { code: 'invalid' })
      assert.deepEqual(await found(store, 'wilhelmna'), [])
      await write(store, anna)
      assert.deepEqual(await found(store, 'wilhelmna'), [9])
      assert.deepEqual(await found(store, 'wilhel'), [9])
    })

    it('takes as many words as a search may have', async (store) => {
      const names =
        'katharina mueller alexander straubing wilhelmina annabella christoph friedrich sebastian maximilian benjamin elisabeth margarete konstantin valentina theodora'
      await write(
        store,
        newCustomer(1),
        newUser(1, { fullName: names }),
        newUser(2, { fullName: names.replaceAll('a', 'o') }),
        newUser(3, { fullName: names.slice(10) }),
      )
      assert.deepEqual(await found(store, names), [1])
      assert.deepEqual(await found(store, names.replaceAll('e', '')), [])
    })

    it('finds what users are called now', async (store) => {
      await fill(store)
      const anna = await store.user({ number: 1 })
      assert.ok(anna)
      await write(store, nextVersion(anna, { fullName: 'Wilhelmina' }), newUser(50, { fullName: 'Anna' }))
      assert.deepEqual(await found(store, 'wilhelmina'), [1])
      assert.deepEqual(await found(store, 'anna muller'), [2])
      assert.deepEqual((await found(store, 'anna'))[0], 9)
    })
  })
}
