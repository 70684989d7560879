import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from '../../src/core/store.ts'
import { startRollcall } from '../harness.ts'

/** Runs a test on a server whose store says how often it was asked who may sign in, and answers when all visitors are there. */
async function withAsked(
  test: (parts: {
    readonly visit: (count: number) => Promise<readonly number[]>
    readonly asked: () => number
    readonly fail: (isFailing: boolean) => void
  }) => Promise<void>,
): Promise<void> {
  let asked = 0
  let arrived = 0
  let expected = 0
  let isFailing = false
  const through = (store: Store): Store => ({
    ...store,
    revision() {
      arrived += 1
      return store.revision()
    },
    async tokens(which) {
      if (which?.use !== 'sign-in') return store.tokens(which)
      asked += 1
      while (arrived < expected) await turn()
      if (isFailing) throw new Error('The disk is away.')
      return store.tokens(which)
    },
  })
  const server = await startRollcall({ users: 20, through })
  const visit = (count: number) => {
    expected = arrived + count
    const visits = Array.from({ length: count }, () => server.send({ method: 'GET', path: '/v1/setup' }))
    return Promise.all(visits.map(async (visit) => (await visit).status))
  }
  try {
    await test({ visit, asked: () => asked, fail: (failing) => void (isFailing = failing) })
  } finally {
    await server.stop()
  }
}

describe('many who ask at once whether a server is set up', () => {
  it('ask the store one question together', () =>
    withAsked(async ({ visit, asked }) => {
      assert.deepEqual(new Set(await visit(60)), new Set([200]))
      assert.equal(asked(), 1)
      await visit(5)
      assert.equal(asked(), 1)
    }))

  it('are refused together where it fails, and answered when it is asked again', () =>
    withAsked(async ({ visit, asked, fail }) => {
      fail(true)
      assert.deepEqual(new Set(await visit(20)), new Set([500]))
      assert.equal(asked(), 1)
      fail(false)
      assert.deepEqual(new Set(await visit(20)), new Set([200]))
      assert.equal(asked(), 2)
    }))
})
