import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { LIVE } from '../../src/core/filter.ts'
import { parseSearch } from '../../src/core/search.ts'
import type { Commit } from '../../src/core/store.ts'
import { newCustomer, newUser, nextVersion, NOON, sampleId } from '../model/sample.ts'
import { assertRefused, onStore, type Open } from './subject.ts'

const LATER = '2026-11-23T12:00:00.000Z'

function commit(n: number, key: string, at = NOON): Commit {
  const changes = n === 0 ? [newCustomer(1), newUser(0)] : [newUser(n)]
  return {
    changes,
    at,
    by: null,
    receipt: {
      scope: 'POST /users',
      key,
      fingerprint: `f${n}`,
      answer: ({ revision, results }) => JSON.stringify([revision, results.length]),
    },
  }
}

/** A write that came with a key leaves a receipt, in the same transaction. */
export function receipts(open: Open): void {
  const it = onStore(open)
  describe('receipts', () => {
    it('keep what their commit gave', async (store) => {
      await store.commit(commit(0, 'é"1'))
      assert.deepEqual(await store.receipt('POST /users', 'é"1'), {
        scope: 'POST /users',
        key: 'é"1',
        fingerprint: 'f0',
        answer: '[1,2]',
      })
    })

    it('are found by scope and key together, exactly', async (store) => {
      await store.commit(commit(0, 'k'))
      for (const [scope, key] of [
        ['POST /users', 'K'],
        ['post /users', 'k'],
        ['', 'k'],
        ['POST /users', ''],
        ['POST /user', 'sk'],
      ] as const) {
        assert.equal(await store.receipt(scope, key), undefined)
      }
    })

    it('let no second commit through with the same key', async (store) => {
      await store.commit(commit(0, 'k'))
      await assertRefused(store.commit(commit(1, 'k')), { code: 'conflict', reason: 'running' })
      assert.equal(await store.user({ id: sampleId(1) }), undefined)
      assert.equal(await store.revision(), 1)
      await store.commit(commit(1, 'l'))
    })

    it('let a commit that is refused for its key change nothing, whatever users are found by', async (store) => {
      const { results } = await store.commit(commit(0, 'k'))
      const [user] = results.filter((result) => result !== null && 'identifier' in result)
      assert.ok(user)
      for (const text of ['zebra crossing', 'quagga']) {
        const again = { ...commit(0, 'k'), changes: [nextVersion(user, { identifier: text, fullName: text })] }
        await assertRefused(store.commit(again), { code: 'conflict', reason: 'running' })
        for (const [word, found] of [
          [text, 0],
          ['user', 1],
        ] as const) {
          const page = { kind: 'offset', offset: 0, limit: 5 } as const
          const search = parseSearch(word, false)
          assert.equal((await store.users({ filter: LIVE, search, sort: [], page, total: true })).total, found)
        }
      }
    })

    it('are not left by a commit that was refused', async (store) => {
      await store.commit(commit(0, 'k'))
      await assertRefused(store.commit({ ...commit(1, 'l'), changes: [newUser(1), newUser(1)] }), { code: 'conflict' })
      assert.equal(await store.receipt('POST /users', 'l'), undefined)
    })

    it('take the commit with them when their answer cannot be made', async (store) => {
      const broken: Commit = {
        ...commit(0, 'k'),
        receipt: {
          scope: 's',
          key: 'k',
          fingerprint: 'f',
          answer: () => {
            throw new Error('no answer')
          },
        },
      }
      await assert.rejects(store.commit(broken))
      assert.equal(await store.revision(), 0)
      assert.deepEqual((await store.customers()).within(), [])
    })

    it('are forgotten when they are older than asked, and their key is free again', async (store) => {
      await store.commit(commit(0, 'old'))
      await store.commit(commit(1, 'new', LATER))
      await store.forgetReceipts(LATER)
      assert.equal(await store.receipt('POST /users', 'old'), undefined)
      assert.equal((await store.receipt('POST /users', 'new'))?.fingerprint, 'f1')
      await store.commit(commit(2, 'old'))
    })
  })
}
