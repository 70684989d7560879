import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe } from 'node:test'
import { EVERYONE, equal, NOBODY, not, wildcard, type Filter } from '../../src/core/filter.ts'
import type { Position, Query } from '../../src/core/query.ts'
import type { Store } from '../../src/core/store.ts'
import { factsOf, listUsers, positionOf } from '../model/list.ts'
import { newCustomer, newUser, nextVersion, sampleId, write } from '../model/sample.ts'
import { worldIn } from '../model/state.ts'
import { ask, by, numbers, numbersOf } from './ask.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

const NAMES = ['Émile', null, 'anna', 'Anna', 'zoë', null, '𐐀']

// Ids fall while numbers grow, so that no tie is broken by accident.
async function fill(store: Store): Promise<void> {
  const people = NAMES.map((givenName, n) => newUser(100 - n, { givenName, adminDevices: n % 2 }))
  await write(store, newCustomer(1), ...people)
}

// Letters and digits that no engine can make shorter.
function noise(length: number): string {
  let noise = ''
  while (noise.length < length) noise += createHash('sha256').update(noise).digest('hex')
  return noise.slice(0, length)
}

const after = (from: Position | null, limit: number): Pick<Query, 'page'> => ({
  page: { kind: 'position', from, direction: 'after', limit },
})
const before = (from: Position | null, limit: number): Pick<Query, 'page'> => ({
  page: { kind: 'position', from, direction: 'before', limit },
})
const offset = (offset: number, limit: number): Pick<Query, 'page'> => ({ page: { kind: 'offset', offset, limit } })

// What no index makes shorter: characters of three bytes, of which none stands where it is expected.
function longName(length: number): string {
  const points = Array.from({ length }, (_, n) => 0x4e00 + ((n * n * 7919 + n * 104_729) % 20_000))
  return String.fromCodePoint(...points)
}

/** Lists are cut from one order, by offset and from any position in both directions. */
export function lists(open: Open): void {
  const it = onStore(open)
  describe('lists', () => {
    it('are empty in a new directory', async (store) => {
      for (const page of [offset(0, 10), offset(5, 10), after(null, 10), before(null, 10)]) {
        assert.deepEqual(await ask(store, { ...page, total: true }), {
          users: [], count: 0, first: null, last: null, hasBefore: false, hasAfter: false, total: 0, revision: 0,
        }) // prettier-ignore
      }
    })

    it('are refused where the directory has not come to the revision they are to be of', async (store) => {
      await fill(store)
      const revision = await store.revision()
      assert.equal((await ask(store, { minRevision: revision })).revision, revision)
      await assertRefused(ask(store, { minRevision: revision + 1 }), { code: 'unavailable' })
    })

    it('are in creation order without a sort', async (store) => {
      await fill(store)
      assert.deepEqual(await numbers(store, EVERYONE), [1, 2, 3, 4, 5, 6, 7])
    })

    it('are in the order of names however long they are', async (store) => {
      const named = (n: number, length: number) =>
        newUser(n, { familyName: longName(length), givenName: longName(length) })
      const byNames = [by('familyName'), by('givenName')]
      await write(store, newCustomer(1), named(1, 600), named(2, 300))
      assert.deepEqual(await numbers(store, EVERYONE, byNames), [2, 1])
      await write(store, named(3, 1000), named(4, 500))
      assert.deepEqual(await numbers(store, EVERYONE, byNames), [2, 4, 1, 3])
    })

    it('are paged in the order of names from anybody in either direction, also where one or both are missing', async (store) => {
      const [families, givens] = [
        [null, 'b', 'a'],
        ['y', null, 'x'],
      ]
      const people = families.flatMap((familyName, f) =>
        givens.flatMap((givenName, g) =>
          [0, 1].map((n) => newUser(50 - 18 * n - 6 * g - f, { familyName, givenName })),
        ),
      )
      await write(store, newCustomer(1), ...people)
      const world = await worldIn(store)
      for (const sort of [
        [by('familyName'), by('givenName')],
        [by('familyName', true), by('givenName')],
      ]) {
        const ask = { filter: EVERYONE, sort, total: false }
        for (const user of world.users) {
          const from = positionOf(world, ask, user)
          for (const page of [after(from, 4), before(from, 4), after(from, 30), before(from, 30)]) {
            const query: Query = { ...ask, ...page }
            const [own, wanted] = [await store.users(query), listUsers(world, query)]
            assert.deepEqual(numbersOf(own), numbersOf(wanted))
            assert.deepEqual(factsOf(own), factsOf(wanted))
          }
        }
      }
    })

    it('are ordered by folded key, nulls last in both directions, ties by id in the direction of the last key', async (store) => {
      await fill(store)
      assert.deepEqual(await numbers(store, EVERYONE, [by('givenName')]), [4, 3, 1, 5, 7, 6, 2])
      assert.deepEqual(await numbers(store, EVERYONE, [by('givenName', true)]), [7, 5, 1, 3, 4, 2, 6])
      assert.deepEqual(
        await numbers(store, EVERYONE, [by('adminDevices', true), by('givenName')]),
        [4, 6, 2, 3, 1, 5, 7],
      )
    })

    it('are cut by offset, and say what is before and after', async (store) => {
      await fill(store)
      const cut = async (from: number, limit: number) => {
        const page = await ask(store, offset(from, limit))
        return [numbersOf(page), page.hasBefore, page.hasAfter]
      }
      assert.deepEqual(await cut(0, 3), [[1, 2, 3], false, true])
      assert.deepEqual(await cut(3, 3), [[4, 5, 6], true, true])
      assert.deepEqual(await cut(6, 3), [[7], true, false])
      assert.deepEqual(await cut(0, 7), [[1, 2, 3, 4, 5, 6, 7], false, false])
      assert.deepEqual(await cut(4, 3), [[5, 6, 7], true, false])
      assert.deepEqual(await cut(7, 3), [[], true, false])
      assert.deepEqual(await cut(10_000_000, 1000), [[], true, false])
    })

    it('say where their first and last user stand', async (store) => {
      await fill(store)
      const page = await ask(store, { ...offset(1, 3), sort: [by('givenName'), by('adminDevices')] })
      assert.deepEqual(factsOf(page), {
        count: 3,
        first: { keys: ['anna', 1], tie: sampleId(97) },
        last: { keys: ['zoe', 0], tie: sampleId(96) },
        hasBefore: true,
        hasAfter: true,
        total: null,
        revision: 1,
      })
      const plain = await ask(store, offset(1, 2))
      assert.deepEqual(
        [plain.first, plain.last],
        [
          { keys: [], tie: 2 },
          { keys: [], tie: 3 },
        ],
      )
    })

    it('go on after and before a position, always in sort order', async (store) => {
      await fill(store)
      const sort = [by('givenName')]
      const first = await ask(store, { sort, ...after(null, 3) })
      assert.deepEqual([numbersOf(first), first.hasBefore, first.hasAfter], [[4, 3, 1], false, true])
      const second = await ask(store, { sort, ...after(first.last, 3) })
      assert.deepEqual([numbersOf(second), second.hasBefore, second.hasAfter], [[5, 7, 6], true, true])
      const third = await ask(store, { sort, ...after(second.last, 3) })
      assert.deepEqual([numbersOf(third), third.hasBefore, third.hasAfter], [[2], true, false])
      const back = await ask(store, { sort, ...before(third.first, 3) })
      assert.deepEqual([numbersOf(back), back.hasBefore, back.hasAfter], [[5, 7, 6], true, true])
      const end = await ask(store, { sort, ...before(null, 3) })
      assert.deepEqual([numbersOf(end), end.hasBefore, end.hasAfter], [[7, 6, 2], true, false])
      const start = await ask(store, { sort, ...before(first.first, 3) })
      assert.deepEqual([numbersOf(start), start.hasBefore, start.hasAfter], [[], false, true])
    })

    it('go on from a position whose user is gone or no longer found', async (store) => {
      await fill(store)
      const sort = [by('givenName')]
      const { last, users } = await ask(store, { sort, ...after(null, 2) })
      const [, gone] = users
      assert.ok(gone)
      await write(store, nextVersion(gone, { givenName: 'zz' }))
      assert.deepEqual(numbersOf(await ask(store, { sort, ...after(last, 2) })), [1, 5])
      const filter = equal('adminDevices', 0)
      const narrowed = await ask(store, { sort, filter, ...after(last, 2) })
      assert.deepEqual([numbersOf(narrowed), narrowed.hasBefore], [[1, 5], false])
    })

    it('go on among users whose keys are null', async (store) => {
      await fill(store)
      const sort = [by('givenName', true), by('email')]
      const place = { keys: [null, null], tie: sampleId(95) }
      assert.deepEqual(numbersOf(await ask(store, { sort, ...after(place, 9) })), [2])
      assert.deepEqual(numbersOf(await ask(store, { sort, ...before(place, 2) })), [4, 3])
    })

    it('are ordered by the names of authors, as they are now', async (store) => {
      await write(
        store,
        newCustomer(1),
        newUser(1, { familyName: 'Byron', givenName: 'Ada', createdBy: sampleId(3) }),
        newUser(2, { createdBy: sampleId(1) }),
        newUser(3, { familyName: 'Abel', createdBy: sampleId(99) }),
        newUser(4, { createdBy: null, updatedBy: sampleId(3) }),
      )
      assert.deepEqual(await numbers(store, EVERYONE, [by('createdByName')]), [1, 2, 3, 4])
      assert.deepEqual(await numbers(store, EVERYONE, [by('updatedByName')]), [4, 1, 2, 3])
      const ada = await store.user({ number: 1 })
      assert.ok(ada)
      await write(store, nextVersion(ada, { familyName: 'Aaron' }), newUser(99, { familyName: 'Aa' }))
      assert.deepEqual((await numbers(store, EVERYONE, [by('createdByName')])).slice(0, 3), [3, 2, 1])
    })

    it('order, page and find by texts as long as they may be, which differ only at their ends', async (store) => {
      const long = (start: string, end: string) => start + noise(4000) + end
      const texts = [long('b', 'y'), 'b', null, long('b', 'x'), 'a', long('a', ''), 'c', null, long('b', 'z')]
      const people = texts.map((description, n) =>
        newUser(100 - n, {
          description,
          familyName: description?.slice(0, 1000) ?? null,
          createdBy: sampleId(100 - n),
        }),
      )
      await write(store, newCustomer(1), newUser(1, { description: 'b' }))
      const sorts = [
        [by('description')],
        [by('description', true)],
        [by('familyName'), by('description', true)],
        [by('createdByName')],
      ]
      const filters: readonly Filter[] = [
        EVERYONE,
        equal('description', long('b', 'y')),
        wildcard('description', 'b*'),
        wildcard('description', '*x'),
        { kind: 'compare', field: 'description', op: 'gt', value: long('b', 'x') },
        { kind: 'in', field: 'description', values: [long('b', 'z'), 'c'] },
        not(equal('description', long('a', ''))),
      ]
      const assertAll = async () => {
        const world = await worldIn(store)
        for (const filter of filters) {
          for (const sort of [[], ...sorts]) {
            for (let from: Position | null = null, more = true; more;) {
              const query: Query = { filter, sort, total: true, ...after(from, 2) }
              const [page, wanted] = [await store.users(query), listUsers(world, query)]
              assert.deepEqual(numbersOf(page), numbersOf(wanted))
              assert.deepEqual(factsOf(page), factsOf(wanted))
              more = page.hasAfter
              from = page.last
            }
          }
        }
      }
      // Before there is any of them, and when there are.
      await assertAll()
      await write(store, ...people)
      await assertAll()
    })

    it('find nobody where nobody is asked for', async (store) => {
      await fill(store)
      for (const page of [offset(0, 5), after(null, 5), before(null, 5), after({ keys: [], tie: 3 }, 5)]) {
        assert.deepEqual(numbersOf(await ask(store, { filter: NOBODY, ...page })), [])
      }
    })

    it('show one revision each', async (store) => {
      await fill(store)
      assert.equal((await ask(store)).revision, 1)
      await write(store, newUser(200))
      const page = await ask(store, { total: true })
      assert.deepEqual([page.revision, page.total], [2, 8])
    })
  })
}
