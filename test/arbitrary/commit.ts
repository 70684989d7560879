import fc from 'fast-check'
import type { Change, Commit } from '../../src/core/store.ts'
import type { NewUser, User } from '../../src/core/user.ts'
import { PERMISSIONS } from '../../src/core/principal.ts'
import { TOKEN_USES } from '../../src/core/token.ts'
import type { Memory } from '../model/memory.ts'
import { NOON, sampleId } from '../model/sample.ts'
import { CUSTOMER_IDS } from './directory.ts'
import { storableText } from './text.ts'
import { instant, users } from './user.ts'

type Made<T> = fc.Arbitrary<(memory: Memory) => T>

const place = fc.nat({ max: 50 })
const customerId = fc.constantFrom(...CUSTOMER_IDS, 5)

function pick<T>(from: Iterable<T>, place: number): T | undefined {
  const all = [...from]
  return all[place % Math.max(all.length, 1)]
}

/** Somebody who is not there yet, mostly of a customer that is, and mostly written by somebody who is. */
const someone: Made<NewUser> = fc
  .tuple(users(CUSTOMER_IDS, 1, 1), fc.nat({ max: 9 }), place, place)
  .map(([[made], chance, creator, updater]) => ({ customers, users }) => {
    const user = made as NewUser
    if (chance === 0) return user
    const customerId = customers.has(user.customerId) ? user.customerId : pick(customers.keys(), creator)
    const by = (author: string | null, place: number) =>
      author === null ? null : (pick(users.keys(), place) ?? author)
    const [createdBy, updatedBy] = [by(user.createdBy, creator), by(user.updatedBy, updater)]
    return { ...user, customerId: customerId ?? user.customerId, createdBy, updatedBy }
  })

/** What becomes of a user that is there; one that is not stays as it was made up. */
const turn = fc.constantFrom<((user: User, other: NewUser) => Partial<NewUser>)[]>(
  (_, other) => ({ ...other }),
  ({ status }) => ({ status: status === 'deleted' ? 'active' : 'deleted' }),
  (_, { customerId }) => ({ customerId }),
  (_, { givenName, familyName, description, email }) => ({ givenName, familyName, description, email }),
  (_, { createdBy, updatedBy }) => ({ createdBy, updatedBy }),
  () => ({}),
)

/** Writes a new user, or the next version of one; now and then on top of a version that is not the current one. */
const userChange: Made<Change> = fc
  .tuple(
    someone,
    fc.option(place, { nil: null }),
    turn,
    fc.nat({ max: 9 }),
    fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  )
  .map(([made, place, turn, chance, number]) => (memory): Change => {
    const other = made(memory)
    const user = place === null ? undefined : pick(memory.users.values(), place)
    if (!user) return { kind: 'user', user: number === undefined ? other : { ...other, number }, expected: null }
    const { revision, ...rest } = user
    const { id } = user
    const next = { ...rest, ...turn(user, other), id, number: user.number }
    return { kind: 'user', user: next, expected: chance === 0 ? revision - 1 : chance === 1 ? null : revision }
  })

/** Writes a new customer or changes one: its code, name, or the one above it. */
const customerChange: Made<Change> = fc
  .tuple(
    fc.option(customerId, { nil: undefined }),
    fc.option(customerId, { nil: null }),
    fc.option(storableText),
    fc.nat({ max: 9 }),
  )
  .map(([id, above, code, chance]) => ({ customers }): Change => {
    const parentId =
      above === null || chance < 2 || customers.has(above) ? above : (pick(customers.keys(), above) ?? null)
    const before = id === undefined ? undefined : customers.get(id)
    const texts = { code: code ?? before?.code ?? `c-${id ?? 'new'}`, name: code ?? 'Somebody' }
    const customer = { ...texts, ...(id === undefined ? {} : { id }), parentId, createdAt: NOON, updatedAt: NOON }
    return {
      kind: 'customer',
      customer,
      expected: before ? (chance === 0 ? before.revision - 1 : before.revision) : null,
    }
  })

const removal: Made<Change> = fc.tuple(place, fc.nat({ max: 5 })).map(([place, chance]) => ({ customers }): Change => {
  const customer = pick(customers.values(), place)
  return {
    kind: 'remove-customer',
    id: customer?.id ?? 5,
    expected: (customer?.revision ?? 1) - (chance === 0 ? 1 : 0),
  }
})

const tokenChange: Made<Change> = fc
  .record({
    place,
    nth: fc.nat({ max: 3 }),
    name: storableText,
    at: instant,
    scope: fc.oneof(customerId, fc.constant('all' as const)),
    use: fc.constantFrom(...TOKEN_USES),
    isOnce: fc.boolean(),
  })
  .map(({ place, nth, name, at, scope, use, isOnce }) => ({ users, tokens, revision }): Change => {
    const user = pick(users.values(), place)
    const revoked = pick(tokens.values(), place)
    if (!user || (revoked && nth === 0)) {
      return { kind: 'revoke-token', id: revoked?.id ?? sampleId(place), at, once: isOnce }
    }
    const id = sampleId(nth === 1 ? place : revision * 100 + place)
    const times = { createdAt: NOON, expiresAt: nth === 2 ? at : null, revokedAt: null }
    const permissions = PERMISSIONS.slice(place % 4, nth + (place % 4))
    const parentId = use === 'session' ? (pick(tokens.keys(), place) ?? null) : null
    const kept = { id, use, parentId, name, userId: user.id, permissions, scope }
    const token = { ...kept, createdBy: nth === 3 ? user.id : null, ...times }
    return { kind: 'issue-token', token, hash: `${revision}-${place}-${nth}`.padStart(64, '0') }
  })

/** Writes a saved view of somebody, changes one or removes it; now and then on top of a version that is not the current one. */
const savedViewChange: Made<Change> = fc
  .record({ place, nth: fc.nat({ max: 3 }), chance: fc.nat({ max: 5 }), name: storableText, isShared: fc.boolean() })
  .map(({ place, nth, chance, name, isShared }) => ({ users, savedViews }): Change => {
    const found = nth === 0 ? undefined : pick(savedViews.values(), place)
    const expected = found ? found.revision - (chance === 0 ? 1 : 0) : chance === 0 ? 1 : null
    const id = found?.id ?? sampleId(1000 + place)
    if (nth === 3) return { kind: 'remove-saved-view', id, expected: expected ?? 1 }
    // The model finds them by those who have them.
    const userId = pick(users.keys(), place)
    const texts = { name, query: name, isShared: isShared || userId === undefined }
    const view = { id, userId: userId ?? sampleId(place), ...texts, createdAt: NOON, updatedAt: NOON }
    return { kind: 'saved-view', view, expected }
  })

/** One change that may or may not hold. */
const change: Made<Change> = fc.oneof(
  { weight: 8, arbitrary: userChange },
  { weight: 3, arbitrary: customerChange },
  { weight: 1, arbitrary: removal },
  { weight: 1, arbitrary: tokenChange },
  { weight: 1, arbitrary: savedViewChange },
)

/** A commit of up to four changes. Some are refused, at any of their changes; some leave a receipt, now and then twice. */
export const commit: Made<Commit> = fc
  .record({
    changes: fc.oneof(
      fc.array(change, { minLength: 1, maxLength: 1 }),
      fc.array(change, { minLength: 1, maxLength: 4 }),
    ),
    at: instant,
    by: fc.option(place, { nil: null }),
    key: fc.option(fc.constantFrom('a', 'b', '€', 'd', 'e'), { nil: undefined, freq: 2 }),
  })
  .map(({ changes, at, by, key }) => (memory) => ({
    changes: changes.map((one) => one(memory)),
    at,
    by: by === null ? null : (pick(memory.users.keys(), by) ?? null),
    ...(key === undefined
      ? {}
      : { receipt: { scope: 's', key, fingerprint: 'f', answer: ({ revision }) => String(revision) } }),
  }))
