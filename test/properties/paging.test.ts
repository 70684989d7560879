import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { LIVE, not } from '../../src/core/filter.ts'
import type { Position, Query, UserPage } from '../../src/core/query.ts'
import type { Commit, Store } from '../../src/core/store.ts'
import { commit } from '../arbitrary/commit.ts'
import { changesOf, population } from '../arbitrary/directory.ts'
import { filter } from '../arbitrary/filter.ts'
import { search, sort } from '../arbitrary/query.ts'
import { runs } from '../arbitrary/runs.ts'
import { orderedUsers, positionOf, type World } from '../model/list.ts'
import { commitTo, EMPTY, worldOf, type Memory } from '../model/memory.ts'
import { NOON } from '../model/sample.ts'
import { engine, withStore } from './store.ts'

type Ask = Pick<Query, 'filter' | 'search' | 'sort'>
type Direction = 'after' | 'before'

// Wide filters, so that there is something to page through.
const ask: fc.Arbitrary<(world: World) => Ask> = fc
  .record({
    filter: fc.oneof(
      filter,
      { weight: 3, arbitrary: fc.constant(() => LIVE) },
      filter.map((filter) => (users: World['users']) => not(filter(users))),
    ),
    search: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: search }),
    sort,
  })
  .map(({ filter, search, sort }) => ({ users }) => ({ filter: filter(users), search: search?.(users), sort }))

const step = fc.record({
  limit: fc.integer({ min: 1, max: 4 }),
  direction: fc.constantFrom<Direction[]>('after', 'before'),
})

/** Pages to the end in one direction; the pages in the order in which they came. */
async function walk(
  store: Store,
  ask: Ask,
  { limit, direction }: { readonly limit: number; readonly direction: Direction },
  between: (page: UserPage) => Promise<void> = () => Promise.resolve(),
): Promise<readonly UserPage[]> {
  const pages: UserPage[] = []
  for (let from: Position | null = null, more = true; more;) {
    const page = await store.users({ ...ask, page: { kind: 'position', from, direction, limit }, total: false })
    pages.push(page)
    assert.ok(pages.length < 200, 'Paging does not come to an end.')
    assert.ok(
      page.count === limit || !(direction === 'after' ? page.hasAfter : page.hasBefore),
      'A page in the middle is not full.',
    )
    more = direction === 'after' ? page.hasAfter : page.hasBefore
    from = direction === 'after' ? page.last : page.first
    await between(page)
  }
  return pages
}

function visited(pages: readonly UserPage[], direction: Direction): readonly number[] {
  const inOrder = direction === 'after' ? pages : pages.toReversed()
  return inOrder.flatMap(({ users }) => users.map(({ number }) => number))
}

describe('paging', () => {
  it('visits every user exactly once, in order, in both directions and by offset', async () => {
    await fc.assert(
      fc.asyncProperty(
        engine,
        population(14),
        fc.array(fc.tuple(ask, step), { minLength: 1, maxLength: 8 }),
        (engine, population, walks) =>
          withStore(engine, async (store) => {
            const memory = commitTo(EMPTY, { changes: changesOf(population), at: NOON, by: null }) as Memory
            await store.commit({ changes: changesOf(population), at: NOON, by: null })
            const world = worldOf(memory)
            for (const [make, { limit, direction }] of walks) {
              const ask = make(world)
              const wanted = orderedUsers(world, ask).map(({ number }) => number)
              assert.deepEqual(visited(await walk(store, ask, { limit, direction }), direction), wanted)
              const byOffset: UserPage[] = []
              for (let offset = 0; offset === 0 || byOffset.at(-1)?.hasAfter; offset += limit) {
                byOffset.push(await store.users({ ...ask, page: { kind: 'offset', offset, limit }, total: false }))
              }
              assert.deepEqual(visited(byOffset, 'after'), wanted)
            }
          }),
      ),
      runs(60),
    )
  })

  it('comes back to the page it left', async () => {
    await fc.assert(
      fc.asyncProperty(engine, population(14), ask, fc.integer({ min: 1, max: 4 }), (engine, population, make, limit) =>
        withStore(engine, async (store) => {
          await store.commit({ changes: changesOf(population), at: NOON, by: null })
          const ask = make(worldOf(commitTo(EMPTY, { changes: changesOf(population), at: NOON, by: null }) as Memory))
          const pages = await walk(store, ask, { limit, direction: 'after' })
          for (const [index, page] of pages.entries()) {
            const before = pages[index - 1]
            if (!before) continue
            assert.ok(page.hasBefore)
            const back = { kind: 'position', from: page.first, direction: 'before', limit } as const
            assert.deepEqual((await store.users({ ...ask, page: back, total: false })).users, before.users)
          }
        }),
      ),
      runs(60),
    )
  })

  it('visits every user that stays as it is exactly once, while others come, change, move and go', async () => {
    let stable = 0
    const commits = fc.array(commit, { minLength: 1, maxLength: 12, size: 'max' })
    await fc.assert(
      fc.asyncProperty(engine, population(14), ask, step, commits, (engine, population, make, step, commits) =>
        withStore(engine, async (store) => {
          const filling = { changes: changesOf(population), at: NOON, by: null }
          let memory = commitTo(EMPTY, filling) as Memory
          await store.commit(filling)
          const ask = make(worldOf(memory))
          const worlds = [worldOf(memory)]
          const left = [...commits]
          const between = async () => {
            const commit: Commit | undefined = left.shift()?.(memory)
            const next = commit && commitTo(memory, commit)
            if (!next) return
            if ('reasons' in next) return assert.rejects(store.commit(commit))
            await store.commit(commit)
            memory = next
            worlds.push(worldOf(memory))
          }
          const seen = visited(await walk(store, ask, step, between), step.direction)
          const staying = stayers(worlds, ask)
          stable += staying.length
          assert.deepEqual(
            seen.filter((number) => staying.includes(number)),
            staying,
          )
        }),
      ),
      runs(200),
    )
    assert.ok(stable > 200, `only ${stable} users stayed`)
  })
})

/** The users who were asked for all the time and never changed their place, in order. */
function stayers(worlds: readonly World[], ask: Ask): readonly number[] {
  const [first, ...later] = worlds
  if (!first) return []
  const places = (world: World) =>
    new Map(orderedUsers(world, ask).map((user) => [user.number, positionOf(world, ask, user)]))
  const others = later.map(places)
  return [...places(first)]
    .filter(([number, place]) => others.every((other) => isDeepStrictEqual(other.get(number), place)))
    .map(([number]) => number)
}
