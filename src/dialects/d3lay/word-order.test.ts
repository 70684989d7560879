import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { changesOf, population } from '../../../test/arbitrary/directory.ts'
import { runs } from '../../../test/arbitrary/runs.ts'
import { NOON } from '../../../test/model/sample.ts'
import type { View } from '../../core/directory.ts'
import { DirectoryError } from '../../core/error.ts'
import { operator } from '../../core/principal.ts'
import { createDirectory } from '../../core/view.ts'
import { openStore } from '../../storage/index.ts'
import { renderUser, type WireUser } from './user.ts'
import { usersByWord, WORDS } from './word-order.ts'

async function pagesOf(
  view: View,
  name: keyof typeof WORDS,
  descending: boolean,
  limit: number,
): Promise<{ readonly wire: readonly WireUser[]; readonly totals: ReadonlySet<number> }> {
  const wire: WireUser[] = []
  const totals = new Set<number>()
  for (let offset = 0; ; offset += limit) {
    const page = await usersByWord(view, {}, { words: WORDS[name], descending }, { offset, limit, parameter: 'page' })
    totals.add(page.total)
    wire.push(...page.users.map((user) => renderUser(user, false)))
    assert.ok(page.users.length <= limit)
    if (page.users.length === 0) return { wire, totals }
  }
}

describe('The order by words of d3lay', () => {
  it('is that of the words users are shown with, each user once, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        population(12),
        fc.constantFrom<keyof typeof WORDS>('status', 'user_type'),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        async (people, name, descending, limit) => {
          const store = await openStore('sqlite::memory:')
          try {
            await store.commit({ changes: changesOf(people), at: NOON, by: null })
            const view = createDirectory({
              store,
              now: () => Date.parse(NOON),
              randomBytes,
              cursorKey: randomBytes(32),
            }).as(operator(1))
            const { wire, totals } = await pagesOf(view, name, descending, limit)
            const live = people.users.filter(({ status }) => status !== 'deleted').map(({ id }) => id)
            assert.deepEqual(wire.map(({ id }) => id).sort(), live.sort())
            assert.deepEqual([...totals], [live.length])
            const keys = wire.map((user) => `${user[name]} ${user.id}`)
            assert.deepEqual(keys, descending ? keys.toSorted().reverse() : keys.toSorted())
          } finally {
            await store.close()
          }
        },
      ),
      runs(40),
    )
  })

  it('shows one revision: pieces that a commit came between are asked for again', async () => {
    const store = await openStore('sqlite::memory:')
    const view = createDirectory({ store, now: Date.now, randomBytes, cursorKey: randomBytes(32) }).as(operator(1))
    await view.createCustomer({ id: 1, code: 'root' })
    const { id } = await view.createUser({ identifier: 'moving', status: 'suspended' })
    const place = { offset: 0, limit: 10, parameter: 'page' }
    const order = { words: WORDS.status, descending: false }

    // The user turns up in every piece that is asked for, unless the pieces are of one revision.
    const turns = ['active', 'inactive', 'onboarding', 'risky', 'suspended'] as const
    const movingFor = (moves: number): View => {
      let asked = 0
      return {
        ...view,
        async users(request) {
          if (asked < moves) await view.updateUser(id, { status: turns[asked % turns.length], message: String(asked) })
          asked++
          return view.users(request)
        },
      }
    }
    const page = await usersByWord(movingFor(7), {}, order, place)
    assert.deepEqual([page.users.map((user) => user.id), page.total], [[id], 1])
    await assert.rejects(
      usersByWord(movingFor(Infinity), {}, order, place),
      (error) => error instanceof DirectoryError && error.code === 'unavailable' && error.retryAfterS === 1,
    )
    await store.close()
  })
})
