import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ListRequest, UserReference, View } from '../../src/core/directory.ts'
import { DirectoryError } from '../../src/core/error.ts'
import type { NewUser, User } from '../../src/core/user.ts'
import { pair } from '../arbitrary/pair.ts'
import { filter } from '../arbitrary/filter.ts'
import { search, sort } from '../arbitrary/query.ts'
import { runs } from '../arbitrary/runs.ts'
import { principal, withDirectory } from '../model/directory.ts'
import { write } from '../model/sample.ts'

type Asked = Omit<ListRequest, 'page'>

const asked: fc.Arbitrary<(users: readonly User[]) => Asked> = fc
  .record({
    filter: fc.option(filter, { nil: undefined }),
    search: fc.option(search, { nil: undefined, freq: 2 }),
    sort,
    total: fc.boolean(),
    includeDeleted: fc.boolean(),
  })
  .map(({ filter, search, ...rest }) => (users) => ({ ...rest, filter: filter?.(users), search: search?.(users) }))

const page = fc.oneof(
  fc.record({ offset: fc.nat({ max: 6 }), limit: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ direction: fc.constantFrom('after', 'before'), limit: fc.integer({ min: 1, max: 4 }) }),
)

const question = fc.record({ asked, page })

const reference: fc.Arbitrary<(users: readonly NewUser[]) => UserReference> = fc
  .tuple(fc.nat({ max: 20 }), fc.constantFrom('id', 'number', 'identifier', 'email'))
  .map(([place, key]) => (users) => {
    const user = users[place % users.length]
    return { [key]: user?.[key] ?? '' } as unknown as UserReference
  })

/** What an answer says, or the refusal: all a caller ever learns. */
async function said(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    assert.ok(error instanceof DirectoryError)
    const { code, reason, message, where } = error
    return { code, reason, message, where }
  }
}

// Who wrote a user is rendered only for callers with metadata: dialects see to it, as `documents` does.
function shown(users: readonly User[], metadata: boolean): readonly object[] {
  return metadata ? users : users.map((user) => ({ ...user, createdBy: null, updatedBy: null }))
}

async function listed(view: View, request: ListRequest, metadata: boolean): Promise<unknown> {
  const { users, ...facts } = await view.users(request)
  const { documents, ...same } = await view.documents(request)
  assert.deepEqual(same, facts)
  return { ...facts, users: shown(users, metadata), text: Buffer.concat(documents).toString() }
}

/** Everything two callers of the same scope are told in answer to the same question, from page to page. */
async function assertSame(one: View, other: View, asked: Asked, first: ListRequest['page'], metadata: boolean) {
  let page = first
  for (let step = 0; step < 4; step++) {
    const answers = await Promise.all([one, other].map((view) => said(listed(view, { ...asked, page }, metadata))))
    assert.deepEqual(answers[0], answers[1])
    const { cursors } = answers[0] as {
      readonly cursors?: { readonly next: string | null; readonly previous: string | null }
    }
    const cursor = 'direction' in first && first.direction === 'before' ? cursors?.previous : cursors?.next
    if (cursor === null || cursor === undefined) return
    page = { cursor, limit: first.limit }
  }
}

describe('a caller with a scope', () => {
  it('is never told anything about what is outside it, nor by the order, number or cursors of what is within', async () => {
    const questions = fc.array(question, { minLength: 1, maxLength: 15, size: 'max' })
    const references = fc.array(reference, { minLength: 1, maxLength: 10, size: 'max' })
    await fc.assert(
      fc.asyncProperty(pair, questions, references, (pair, questions, references) =>
        withDirectory((one) =>
          withDirectory(async (other) => {
            await write(one.store, ...pair.one)
            await write(other.store, ...pair.other)
            const { scope, metadata } = pair
            const caller = principal(
              [
                'users:read',
                'customers:read',
                'tokens:write',
                'audit:read',
                ...(metadata ? ['users:read-metadata' as const] : []),
              ],
              scope,
            )
            const [here, there] = [one.directory.as(caller), other.directory.as(caller)]
            const users = pair.users.map((user): User => ({ ...user, number: user.number ?? 0, revision: 1 }))
            for (const { asked, page } of questions) await assertSame(here, there, asked(users), page, metadata)
            const both = async (ask: (view: View) => Promise<unknown>) => {
              assert.deepEqual(await said(ask(here)), await said(ask(there)))
            }
            for (const reference of references) {
              await both(async (view) =>
                shown([await view.user(reference(pair.users), { includeDeleted: true })], metadata),
              )
            }
            const ids = users.flatMap(({ id, primaryIdentity }) => [id, primaryIdentity])
            await both(async (view) => shown([...(await view.usersById(ids)).values()], metadata))
            await both(async (view) => (await view.customers()).within())
            await both(async (view) => [...(await view.userCounts())])
            await both((view) => view.tokens())
          }),
        ),
      ),
      runs(50),
    )
  })
})
