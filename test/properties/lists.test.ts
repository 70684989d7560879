import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { encodeUser } from '../../src/core/document.ts'
import type { Query, UserPage } from '../../src/core/query.ts'
import type { Commit, Store } from '../../src/core/store.ts'
import { changesOf, longWinded, population, type Population } from '../arbitrary/directory.ts'
import { query, queryIn, textSort } from '../arbitrary/query.ts'
import { runs } from '../arbitrary/runs.ts'
import { step } from '../arbitrary/step.ts'
import { factsOf, listUsers, type World } from '../model/list.ts'
import { commitTo, EMPTY, worldOf, type Memory } from '../model/memory.ts'
import { NOON } from '../model/sample.ts'
import { engine, withStore } from './store.ts'

const questions = fc.array(query, { minLength: 1, maxLength: 25, size: 'max' })

async function filled(store: Store, population: Population): Promise<Memory> {
  return tried(store, EMPTY, { changes: changesOf(population), at: NOON, by: null })
}

/** Writes what can be written; what is refused must leave nothing behind in any index either. */
async function tried(store: Store, memory: Memory, commit: Commit): Promise<Memory> {
  const next = commitTo(memory, commit)
  if ('reasons' in next) await assert.rejects(store.commit(commit))
  else await store.commit(commit)
  return 'reasons' in next ? memory : next
}

function shown(query: Query): string {
  return inspect(query, { depth: null, breakLength: 120 })
}

async function assertListed(store: Store, world: World, query: Query): Promise<void> {
  const [page, wanted] = [await store.users(query), listUsers(world, query)]
  const numbers = ({ users }: UserPage) => users.map(({ number }) => number)
  assert.deepEqual(numbers(page), numbers(wanted), shown(query))
  assert.deepEqual(page.users, wanted.users)
  assert.deepEqual(factsOf(page), factsOf(wanted), shown(query))
}

describe('a list from a store', () => {
  it('is the one the model gives, for any users and any filter, search, order, page and total', async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 40, size: 'max' })
    await fc.assert(
      fc.asyncProperty(engine, population(14), steps, (engine, population, steps) =>
        withStore(engine, async (store) => {
          let memory = await filled(store, population)
          const asked: Query[] = []
          for (const step of steps) {
            if ('commit' in step) memory = await tried(store, memory, step.commit(memory))
            else {
              const query = 'ask' in step ? step.ask(worldOf(memory)) : asked[step.askAgain % asked.length]
              if (!query) continue
              await assertListed(store, worldOf(memory), query)
              asked.push(query)
            }
          }
        }),
      ),
      runs(100),
    )
  })

  it('is the one the model gives, for many users', async () => {
    const many = fc.array(query, { minLength: 1, maxLength: 150, size: 'max' })
    await fc.assert(
      fc.asyncProperty(engine, population(400), many, (engine, population, questions) =>
        withStore(engine, async (store) => {
          const world = worldOf(await filled(store, population))
          for (const ask of questions) await assertListed(store, world, ask(world))
        }),
      ),
      { ...runs(5), endOnFailure: true },
    )
  })

  it('is the one the model gives, in orders by texts too long for an index', async () => {
    const ordered = fc.array(queryIn(textSort), { minLength: 1, maxLength: 40, size: 'max' })
    await fc.assert(
      fc.asyncProperty(engine, longWinded(20), ordered, (engine, population, questions) =>
        withStore(engine, async (store) => {
          const world = worldOf(await filled(store, population))
          for (const ask of questions) await assertListed(store, world, ask(world))
        }),
      ),
      runs(50),
    )
  })

  it('is the same as documents, byte for byte, with and without metadata', async () => {
    await fc.assert(
      fc.asyncProperty(engine, population(10), questions, fc.boolean(), (engine, population, questions, metadata) =>
        withStore(engine, async (store) => {
          const world = worldOf(await filled(store, population))
          for (const ask of questions) {
            const query = ask(world)
            const page = await store.documents(query, metadata)
            const wanted = listUsers(world, query)
            const documents = wanted.users.map((user) => {
              const pieces = encodeUser(user)
              return `${pieces.open}${metadata ? pieces.metadata : ''}}`
            })
            assert.equal(Buffer.concat(page.documents).toString(), documents.join(','), shown(query))
            assert.deepEqual(factsOf(page), factsOf(wanted), shown(query))
          }
        }),
      ),
      runs(50),
    )
  })
})
