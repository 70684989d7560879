import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Customer } from '../../src/core/customer.ts'
import { DirectoryError, type ErrorCode, type ErrorReason } from '../../src/core/error.ts'
import type { Commit, Committed, Store } from '../../src/core/store.ts'
import type { User } from '../../src/core/user.ts'
import { commit } from '../arbitrary/commit.ts'
import { changesOf, population } from '../arbitrary/directory.ts'
import { runs } from '../arbitrary/runs.ts'
import { commitTo, EMPTY, type Memory, type Refusal } from '../model/memory.ts'
import { NOON } from '../model/sample.ts'
import { stateIn, stateOf } from '../model/state.ts'
import { engine, withStore } from './store.ts'

async function outcome(store: Store, commit: Commit): Promise<Committed | DirectoryError> {
  try {
    return await store.commit(commit)
  } catch (error) {
    if (error instanceof DirectoryError) return error
    throw error
  }
}

const CODES: Partial<Record<ErrorReason, ErrorCode>> = { value: 'invalid', subject: 'not_found' }

function assertRefused(error: Committed | DirectoryError, { position, reasons }: Refusal): void {
  assert.ok(error instanceof DirectoryError, `It should have been refused: ${reasons.join(' or ')}.`)
  assert.ok(
    error.reason !== undefined && reasons.includes(error.reason),
    `${error.message} Not ${reasons.join(' or ')}.`,
  )
  assert.equal(error.code, CODES[error.reason] ?? 'conflict')
  if (position !== undefined) assert.equal(error.where.position, position)
}

function assertDone(committed: Committed | DirectoryError, { changes }: Commit, before: Memory, after: Memory): void {
  if (committed instanceof DirectoryError) throw committed
  assert.ok(committed.revision > before.revision)
  assert.equal(committed.results.length, changes.length)
  for (const [index, change] of changes.entries()) {
    const result: User | Customer | null | undefined = committed.results[index]
    if (change.kind === 'user') {
      const version = after.history.get(change.user.id)?.find(({ revision }) => revision === committed.revision)
      assert.ok(result && version)
      assert.equal(result.revision, committed.revision)
    } else if (change.kind === 'customer') assert.ok(result && 'code' in result && after.customers.has(result.id))
    else assert.equal(result, null)
  }
}

const history = fc.tuple(population(4), fc.array(commit, { minLength: 1, maxLength: 30, size: 'max' }))

describe('commits', () => {
  it('do all they say or nothing, and give what the model gives', async () => {
    let [done, refused] = [0, 0]
    await fc.assert(
      fc.asyncProperty(engine, history, (engine, [population, commits]) =>
        withStore(engine, async (store) => {
          const filling = { changes: changesOf(population), at: NOON, by: null }
          let memory: Memory = EMPTY
          for (const make of [() => filling, ...commits]) {
            const commit: Commit = make(memory)
            const next: Memory | Refusal = commitTo(memory, commit)
            const result: Committed | DirectoryError = await outcome(store, commit)
            if ('reasons' in next) {
              refused++
              assertRefused(result, next)
            } else {
              done++
              assertDone(result, commit, memory, next)
              memory = next
            }
            assert.deepEqual(await stateOf(store), stateIn(memory))
          }
        }),
      ),
      runs(80),
    )
    assert.ok(done > 100 && refused > 100, `${done} were done and ${refused} refused.`)
  })

  it('can be played back from the history to what the directory was at any revision', async () => {
    await fc.assert(
      fc.asyncProperty(engine, history, (engine, [population, commits]) =>
        withStore(engine, async (store) => {
          let memory = commitTo(EMPTY, { changes: changesOf(population), at: NOON, by: null }) as Memory
          await store.commit({ changes: changesOf(population), at: NOON, by: null })
          const moments = [memory]
          for (const make of commits) {
            const commit = make(memory)
            const next = commitTo(memory, commit)
            if ('reasons' in next) continue
            await store.commit(commit)
            memory = next
            moments.push(memory)
          }
          const histories = await Promise.all([...memory.users.keys()].map((id) => store.history(id)))
          for (const { revision, users } of moments) {
            const then = histories.flatMap(
              (versions) => versions.find((version) => version.revision <= revision)?.user ?? [],
            )
            assert.deepEqual(new Map(then.map((user) => [user.id, user])), new Map(users))
          }
        }),
      ),
      runs(40),
    )
  })
})
