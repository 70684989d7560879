import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { encodeUser } from '../../src/core/document.ts'
import type { Query } from '../../src/core/query.ts'
import type { Store } from '../../src/core/store.ts'
import { changesOf, population, type Population } from '../arbitrary/directory.ts'
import { query } from '../arbitrary/query.ts'
import { runs } from '../arbitrary/runs.ts'
import { factsOf, listUsers, type World } from '../model/list.ts'
import { write } from '../model/sample.ts'
import { worldIn } from '../model/state.ts'
import { withStore } from './store.ts'

const questions = fc.array(query, { minLength: 1, maxLength: 25, size: 'max' })

async function filled(store: Store, population: Population): Promise<World> {
  await write(store, ...changesOf(population))
  return worldIn(store)
}

function shown(query: Query): string {
  return inspect(query, { depth: null, breakLength: 120 })
}

describe('a list from a store', () => {
  it('is the one the model gives, for any users and any filter, search, order, page and total', async () => {
    await fc.assert(
      fc.asyncProperty(population(14), questions, (population, questions) =>
        withStore(async (store) => {
          const world = await filled(store, population)
          for (const ask of questions) {
            const query = ask(world)
            const [page, wanted] = [await store.users(query), listUsers(world, query)]
            const numbers = page.users.map(({ number }) => number)
            assert.deepEqual(numbers, wanted.users.map(({ number }) => number), shown(query)) // prettier-ignore
            assert.deepEqual(page.users, wanted.users)
            assert.deepEqual(factsOf(page), factsOf(wanted), shown(query))
          }
        }),
      ),
      runs(100),
    )
  })

  it('is the one the model gives, for many users', async () => {
    const many = fc.array(query, { minLength: 1, maxLength: 150, size: 'max' })
    await fc.assert(
      fc.asyncProperty(population(400), many, (population, questions) =>
        withStore(async (store) => {
          const world = await filled(store, population)
          for (const ask of questions) {
            const query = ask(world)
            const [page, wanted] = [await store.users(query), listUsers(world, query)]
            assert.deepEqual(page.users.map(({ number }) => number), wanted.users.map(({ number }) => number), shown(query)) // prettier-ignore
            assert.deepEqual(factsOf(page), factsOf(wanted), shown(query))
          }
        }),
      ),
      { ...runs(5), endOnFailure: true },
    )
  })

  it('is the same as documents, byte for byte, with and without metadata', async () => {
    await fc.assert(
      fc.asyncProperty(population(10), questions, fc.boolean(), (population, questions, metadata) =>
        withStore(async (store) => {
          const world = await filled(store, population)
          for (const ask of questions) {
            const query = ask(world)
            const page = await store.documents(query, metadata)
            const wanted = listUsers(world, query)
            const documents = wanted.users.map((user) => {
              const pieces = encodeUser(user)
              return `${pieces.open}${metadata ? pieces.metadata : ''}}`
            })
            assert.equal(Buffer.from(page.documents).toString(), documents.join(','), shown(query))
            assert.deepEqual(factsOf(page), factsOf(wanted), shown(query))
          }
        }),
      ),
      runs(50),
    )
  })
})
