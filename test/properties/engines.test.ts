import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import type { Query } from '../../src/core/query.ts'
import type { Commit, Store } from '../../src/core/store.ts'
import { changesOf, population } from '../arbitrary/directory.ts'
import { runs } from '../arbitrary/runs.ts'
import { step } from '../arbitrary/step.ts'
import { factsOf, listUsers } from '../model/list.ts'
import { commitTo, EMPTY, worldOf, type Memory } from '../model/memory.ts'
import { NOON } from '../model/sample.ts'
import { withStore } from './store.ts'

/** Writes to all, or to none: an engine refuses what the others refuse. */
async function commitToAll(stores: readonly Store[], memory: Memory, commit: Commit): Promise<Memory> {
  const next = commitTo(memory, commit)
  const outcomes = await Promise.allSettled(stores.map((store) => store.commit(commit)))
  const expected = 'reasons' in next ? 'rejected' : 'fulfilled'
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    stores.map(() => expected),
  )
  return 'reasons' in next ? memory : next
}

async function assertAgreed(stores: readonly Store[], memory: Memory, query: Query): Promise<void> {
  const { users, ...facts } = listUsers(worldOf(memory), query)
  const shown = inspect(query, { depth: null, breakLength: 120 })
  for (const store of stores) {
    const page = await store.users(query)
    assert.deepEqual(page.users, users, `${store.engine}: ${shown}`)
    assert.deepEqual(factsOf(page), factsOf({ ...facts }), `${store.engine}: ${shown}`)
    const glued = Buffer.concat((await store.documents(query, true)).documents).toString()
    assert.deepEqual(JSON.parse(`[${glued}]`), users, `${store.engine}: ${shown}`)
  }
}

describe('SQLite and PostgreSQL', () => {
  it('agree with the model, and so with each other, on any question after any commits', async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 40, size: 'max' })
    let [asked, written] = [0, 0]
    await fc.assert(
      fc.asyncProperty(population(20), steps, (population, steps) =>
        withStore('SQLite', (embedded) =>
          withStore('PostgreSQL', async (server) => {
            const stores = [embedded, server]
            const filling = { changes: changesOf(population), at: NOON, by: null }
            let memory = await commitToAll(stores, EMPTY, filling)
            const before: Query[] = []
            for (const step of steps) {
              if ('commit' in step) {
                memory = await commitToAll(stores, memory, step.commit(memory))
                written++
              } else {
                const query = 'ask' in step ? step.ask(worldOf(memory)) : before[step.askAgain % before.length]
                if (!query) continue
                await assertAgreed(stores, memory, query)
                before.push(query)
                asked++
              }
            }
          }),
        ),
      ),
      runs(40),
    )
    assert.ok(asked > 100 && written > 30, `${asked} were asked and ${written} written.`)
  })
})
