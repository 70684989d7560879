import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { assertRefused } from '../../test/conformance/subject.ts'
import { onTree, principal } from '../../test/model/directory.ts'
import { newUser, nextVersion, sampleId, write } from '../../test/model/sample.ts'
import type { ListRequest, View } from './directory.ts'
import { equal, EVERYONE, not, wildcard, type Filter } from './filter.ts'
import { parseSearch } from './search.ts'
import type { SortField } from './sort.ts'
import type { User } from './user.ts'

const PAGE = { offset: 0, limit: 100 }

async function seen(view: View, request: Partial<ListRequest> = {}): Promise<readonly number[]> {
  return (await view.users({ page: PAGE, ...request })).users.map(({ number }) => number)
}

async function streamed(view: View, filter?: Filter): Promise<readonly number[]> {
  const numbers: number[] = []
  for await (const users of view.stream({ filter })) numbers.push(...users.map(({ number }) => number))
  return numbers
}

describe('a caller with a scope', () => {
  onTree('sees the live users of its customer and of all below it, and no others', async ({ directory }) => {
    const of = (scope: number | 'all') => seen(directory.as(principal(['users:read'], scope)))
    assert.deepEqual(await of('all'), [1, 2, 3, 4, 5, 7, 8])
    assert.deepEqual(await of(10), [3, 4, 5])
    assert.deepEqual(await of(11), [5])
    assert.deepEqual(await of(99), [])
  })

  onTree('sees no others by any filter, search or sort, and no deleted ones unless it asks', async ({ directory }) => {
    const view = directory.as(principal(['users:read'], 10))
    const filters: readonly Filter[] = [
      EVERYONE,
      not(equal('customerId', 10)),
      { kind: 'subtree', customerId: 1 },
      wildcard('email', '*'),
      not(equal('email', 'p8@example.com')),
    ]
    for (const filter of filters)
      for (const number of await seen(view, { filter })) assert.ok([3, 4, 5].includes(number))
    assert.deepEqual(await seen(view, { filter: equal('email', 'p8@example.com') }), [])
    assert.deepEqual(await seen(view, { filter: { kind: 'subtree', customerId: 11 } }), [5])
    // Else anybody could find out who is above them, one id after another.
    assert.deepEqual(await seen(view, { filter: { kind: 'subtree', customerId: 1 } }), [])
    assert.deepEqual(await seen(view, { filter: not({ kind: 'subtree', customerId: 1 }) }), [3, 4, 5])
    assert.deepEqual(await seen(view, { search: parseSearch('person', false) }), [3, 4, 5])
    assert.deepEqual(await seen(view, { sort: [{ field: 'familyName', descending: false }] }), [5, 4, 3])
    assert.deepEqual(await seen(view, { includeDeleted: true }), [3, 4, 5, 6])
    assert.deepEqual(await seen(view, { filter: equal('status', 'deleted') }), [])
  })

  onTree('counts no others', async ({ directory }) => {
    const view = directory.as(principal(['users:read'], 10))
    const total = async (request: Partial<ListRequest> = {}) =>
      (await view.users({ page: PAGE, total: true, ...request })).total
    assert.equal(await total(), 3)
    assert.equal(await total({ filter: equal('email', 'p8@example.com') }), 0)
    assert.equal(await total({ search: parseSearch('person', false) }), 3)
  })

  onTree('pages through its own users only, in both directions, by cursor', async ({ directory }) => {
    const view = directory.as(principal(['users:read'], 10))
    const sort = [{ field: 'familyName', descending: false }] as const
    const first = await view.users({ sort, page: { limit: 2 } })
    assert.deepEqual([first.users.map(({ number }) => number), first.cursors.previous], [[5, 4], null])
    const second = await view.users({ sort, page: { limit: 2, cursor: first.cursors.next ?? '' } })
    assert.deepEqual([second.users.map(({ number }) => number), second.cursors.next], [[3], null])
    const back = await view.users({ sort, page: { limit: 2, cursor: second.cursors.previous ?? '' } })
    assert.deepEqual(back.users, first.users)
    const other = await view.users({ sort, page: { limit: 2, cursor: first.cursors.next ?? '', direction: 'before' } })
    assert.deepEqual(
      other.users.map(({ number }) => number),
      [5],
    )
  })

  onTree('is told of others as of users who do not exist', async ({ directory }) => {
    const view = directory.as(principal(['admin'], 10))
    const hidden = { code: 'not_found', reason: 'subject' } as const
    for (const id of [sampleId(1), sampleId(8), sampleId(99)]) {
      await assertRefused(view.user({ id }), hidden)
      await assertRefused(view.user({ id }, { includeDeleted: true }), hidden)
      await assertRefused(view.history(id), hidden)
      await assertRefused(view.updateUser(id, { givenName: 'x' }), hidden)
      await assertRefused(view.replaceUser(id, { identifier: 'x' }), hidden)
      await assertRefused(view.deleteUser(id), hidden)
      await assertRefused(view.restoreUser(id), hidden)
    }
    for (const key of [{ number: 8 }, { identifier: 'user-8' }, { email: 'p8@example.com' }])
      await assertRefused(view.user(key), hidden)
    await assertRefused(view.user({ id: sampleId(6) }), hidden)
    assert.equal((await view.user({ id: sampleId(6) }, { includeDeleted: true })).number, 6)
    assert.deepEqual([...(await view.usersById([sampleId(1), sampleId(3), null, sampleId(8)])).keys()], [sampleId(3)])
  })

  onTree('streams its own users only', async ({ directory }) => {
    assert.deepEqual(await streamed(directory.as(principal(['users:read'], 10))), [3, 4, 5])
  })

  onTree('knows no customer outside, nor how its own is placed', async ({ directory }) => {
    const view = directory.as(principal(['users:read', 'customers:read'], 10))
    const tree = await view.customers()
    assert.deepEqual(
      tree.within().map(({ id, parentId }) => [id, parentId]),
      [
        [10, null],
        [11, 10],
      ],
    )
    assert.equal(tree.get(1), undefined)
    assert.deepEqual(
      [...(await view.userCounts())],
      [
        [10, 2],
        [11, 1],
      ],
    )
  })

  onTree('follows its customer wherever that is moved, at once', async ({ directory, store }) => {
    const view = directory.as(principal(['users:read'], 20))
    assert.deepEqual(await seen(view), [7, 8])
    await directory.as(principal(['admin'])).updateCustomer(10, { parentId: 20 })
    assert.deepEqual(await seen(view), [3, 4, 5, 7, 8])
    const leaver = await store.user({ id: sampleId(7) })
    assert.ok(leaver)
    await write(store, nextVersion(leaver, { customerId: 1 }))
    await assertRefused(view.user({ id: sampleId(7) }), { code: 'not_found' })
  })
})

describe('a caller without users:read', () => {
  onTree('lists, streams and gets nobody', async ({ directory }) => {
    const view = directory.as(principal(['users:read-metadata', 'customers:read']))
    const refused = { code: 'forbidden', reason: 'permission' } as const
    await assertRefused(view.users({ page: PAGE }), refused)
    await assertRefused(view.documents({ page: PAGE }), refused)
    await assertRefused(view.user({ id: sampleId(1) }), refused)
    await assertRefused(streamed(view), refused)
    await assertRefused(directory.as(principal([])).history(sampleId(1)), refused)
    await assertRefused(directory.as(principal([])).userCounts(), refused)
  })
})

describe('the history of a user', () => {
  onTree('begins for a caller where the user came into its scope', async ({ directory }) => {
    const everything = directory.as(principal(['admin']))
    const moved = await everything.createUser({ identifier: 'moved', customerId: 1 })
    await everything.updateUser(moved.id, { customerId: 10 })
    await everything.updateUser(moved.id, { role: 'poet' })
    const view = directory.as(principal(['users:read', 'audit:read'], 10))
    assert.deepEqual(
      (await view.history(moved.id)).versions.map(({ user }) => user.customerId),
      [10, 10],
    )
  })
})

describe('a caller without users:read-metadata', () => {
  const fields: readonly SortField[] = ['createdBy', 'updatedBy', 'createdByName', 'updatedByName']

  onTree('is refused filters by createdBy and updatedBy, however deep they are hidden', async ({ directory }) => {
    const view = directory.as(principal(['users:read']))
    for (const field of ['createdBy', 'updatedBy'] as const) {
      const filter = not({ kind: 'any', of: [EVERYONE, not({ kind: 'all', of: [equal(field, sampleId(3))] })] })
      for (const one of [
        filter,
        equal(field, sampleId(3)),
        { kind: 'present', field } as const,
        { kind: 'in', field, values: [] } as const,
        wildcard(field, '*'),
      ]) {
        await assertRefused(view.users({ filter: one, page: PAGE }), { code: 'forbidden', reason: 'permission' })
        await assertRefused(streamed(view, one), { code: 'forbidden', reason: 'permission' })
      }
    }
  })

  onTree('is refused sorts by authors and their names', async ({ directory }) => {
    const view = directory.as(principal(['users:read']))
    for (const field of fields) {
      const sort = [
        { field: 'email', descending: false },
        { field, descending: true },
      ] as const
      await assertRefused(view.users({ sort, page: PAGE }), { code: 'forbidden', reason: 'permission' })
    }
    const knowing = directory.as(principal(['users:read', 'users:read-metadata'], 10))
    for (const field of fields) assert.equal((await seen(knowing, { sort: [{ field, descending: false }] })).length, 3)
  })

  onTree('gets documents without authors, and no authors by id', async ({ directory }) => {
    const text = async (view: View) => Buffer.concat((await view.documents({ page: PAGE })).documents).toString()
    assert.doesNotMatch(await text(directory.as(principal(['users:read']))), /createdBy|updatedBy/)
    assert.match(await text(directory.as(principal(['users:read', 'users:read-metadata']))), /createdBy/)
    assert.equal((await directory.as(principal(['users:read'])).authors([sampleId(3)])).size, 0)
  })

  onTree('finds no author in a user, however it gets hold of one', async ({ directory }) => {
    const view = directory.as(principal(['users:read', 'users:write', 'audit:read'], 'all', sampleId(3)))
    const [one] = (await view.users({ page: PAGE })).users
    assert.ok(one)
    const found: User[] = [one, await view.user({ id: one.id }), await view.updateUser(one.id, { role: 'poet' })]
    for await (const batch of view.stream()) found.push(...batch)
    for (const { user } of (await view.history(one.id)).versions) found.push(user)
    for (const user of (await view.usersById([one.id])).values()) found.push(user)
    for (const outcome of await view.batch([{ op: 'delete', id: one.id }], true)) {
      if (outcome.outcome !== 'refused') found.push(outcome.user)
    }
    for (const { createdBy, updatedBy } of found) assert.deepEqual([createdBy, updatedBy], [null, null])
  })

  onTree('is given no cursor that one with it can use, nor the other way round', async ({ directory }) => {
    const [plain, knowing] = [
      directory.as(principal(['users:read'])),
      directory.as(principal(['users:read', 'users:read-metadata'])),
    ]
    const refused = { code: 'invalid', reason: 'cursor' } as const
    const [a, b] = [await plain.users({ page: { limit: 2 } }), await knowing.users({ page: { limit: 2 } })]
    await assertRefused(knowing.users({ page: { limit: 2, cursor: a.cursors.next ?? '' } }), refused)
    await assertRefused(plain.users({ page: { limit: 2, cursor: b.cursors.next ?? '' } }), refused)
  })
})

describe('authors', () => {
  onTree('are named to callers with metadata, and shown whole only within their scope', async ({ directory }) => {
    const people = await directory
      .as(principal(['users:read', 'users:read-metadata'], 10))
      .authors([sampleId(3), sampleId(8), sampleId(99), null])
    assert.deepEqual([...people.keys()].toSorted(), [sampleId(3), sampleId(8)])
    assert.equal(people.get(sampleId(3))?.user?.number, 3)
    assert.deepEqual(people.get(sampleId(8)), {
      id: sampleId(8), number: 8, givenName: 'Given 8', familyName: 'Family 1', fullName: 'Person 8', displayName: null, userType: 'user', user: null,
    }) // prettier-ignore
  })
})

describe('a cursor', () => {
  onTree('is refused for another filter, search, sort, scope or set of users', async ({ directory }) => {
    const view = directory.as(principal(['users:read'], 1))
    const asked: ListRequest = {
      filter: wildcard('email', 'p*'),
      sort: [{ field: 'email', descending: false }],
      page: { limit: 2 },
    }
    const cursor = (await view.users(asked)).cursors.next ?? ''
    const page = { limit: 5, cursor }
    assert.deepEqual(await seen(view, { ...asked, page }), [3, 4, 5, 7, 8])
    const others: readonly Partial<ListRequest>[] = [
      { filter: undefined },
      { filter: wildcard('email', 'p1*') },
      { search: parseSearch('person', false) },
      { sort: [{ field: 'email', descending: true }] },
      { sort: [] },
      { includeDeleted: true },
    ]
    for (const other of others)
      await assertRefused(view.users({ ...asked, ...other, page }), {
        code: 'invalid',
        reason: 'cursor',
        name: 'cursor',
      })
    for (const scope of [10, 'all'] as const) {
      await assertRefused(directory.as(principal(['users:read'], scope)).users({ ...asked, page }), {
        code: 'invalid',
        reason: 'cursor',
      })
    }
  })

  onTree('goes on where it was made, whatever has happened there since', async ({ directory, store }) => {
    const view = directory.as(principal(['users:read']))
    const sort = [{ field: 'email', descending: false }] as const
    const { cursors } = await view.users({ sort, page: { limit: 2 } })
    const second = await store.user({ number: 2 })
    assert.ok(second)
    await write(
      store,
      nextVersion(second, { status: 'deleted' }),
      newUser(50, { email: 'p2@zzz' }),
      newUser(51, { email: 'a@x' }),
    )
    assert.deepEqual(await seen(view, { sort, page: { limit: 3, cursor: cursors.next ?? '' } }), [9, 3, 4])
  })
})

describe('a list', () => {
  onTree('is refused beyond the limits, with what is allowed', async ({ directory }) => {
    const view = directory.as(principal(['users:read']))
    const refused = { code: 'invalid', reason: 'range' } as const
    for (const limit of [0, -1, 1001])
      await assertRefused(view.users({ page: { offset: 0, limit } }), { ...refused, name: 'limit' })
    for (const offset of [-1, 10_000_001])
      await assertRefused(view.users({ page: { offset, limit: 1 } }), { ...refused, name: 'offset' })
    let deep: Filter = EVERYONE
    for (let level = 0; level < 40; level++) deep = { kind: 'not', of: deep }
    const wide: Filter = { kind: 'any', of: Array.from({ length: 600 }, (_, n) => equal('number', n)) }
    for (const filter of [deep, wide])
      await assertRefused(view.users({ filter, page: PAGE }), { ...refused, name: 'filter' })
    const sort = Array.from({ length: 9 }, () => ({ field: 'email', descending: false }) as const)
    await assertRefused(view.users({ sort, page: PAGE }), { ...refused, name: 'sort' })
  })
})
