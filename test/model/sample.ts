import { customerTree, type Customer, type CustomerTree } from '../../src/core/customer.ts'
import type { Change, Store } from '../../src/core/store.ts'
import type { NewUser, User } from '../../src/core/user.ts'

/** When everything in these tests happens, unless a test says otherwise. */
export const NOON = '2026-11-22T12:00:00.000Z'

/** A UUID of version 7 that is different for every number, and grows with it. */
export function sampleId(n: number): string {
  return `0195c7a0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}

/** A plain live user of customer 1, ready to be committed. */
export function sampleUser(n: number, changes: Partial<NewUser> = {}): NewUser {
  return {
    id: sampleId(n),
    customerId: 1,
    identifier: `user-${n}`,
    givenName: null,
    familyName: null,
    fullName: `user-${n}`,
    displayName: null,
    email: null,
    phones: [],
    language: null,
    country: null,
    timeZone: null,
    description: null,
    userType: 'user',
    role: null,
    permissions: [],
    group: null,
    status: 'active',
    statusReason: null,
    message: null,
    tags: {},
    deviceId: null,
    adminDevices: null,
    validFrom: null,
    expiresAt: null,
    lastLoginAt: null,
    picture: null,
    primaryIdentity: null,
    externalId: null,
    attributes: {},
    createdAt: NOON,
    createdBy: null,
    updatedAt: NOON,
    updatedBy: null,
    ...changes,
  }
}

/** The change that writes a new customer. */
export function newCustomer(id: number, parentId: number | null = null, code = `c-${id}`): Change {
  const customer = { id, code, name: `Customer ${id}`, parentId, createdAt: NOON, updatedAt: NOON }
  return { kind: 'customer', customer, expected: null }
}

/** The change that writes a new user. */
export function newUser(n: number, changes: Partial<NewUser> = {}): Change {
  return { kind: 'user', user: sampleUser(n, changes), expected: null }
}

/** The change that writes the next version of a user. */
export function nextVersion(user: User, changes: Partial<NewUser>): Change {
  const { revision, ...rest } = user
  return { kind: 'user', user: { ...rest, ...changes }, expected: revision }
}

/** Commits changes in one go and gives the users among what was written. */
export async function write(store: Store, ...changes: readonly Change[]): Promise<readonly User[]> {
  const { results } = await store.commit({ changes, at: NOON, by: null })
  return results.filter((result): result is User => result !== null && 'identifier' in result)
}

/** Like `write`, for the one user that is written. */
export async function writeUser(store: Store, change: Change): Promise<User> {
  const [user] = await write(store, change)
  if (!user) throw new Error('The change wrote no user.')
  return user
}

/** A forest of customers from `id: parent` pairs. */
export function forest(parents: Readonly<Record<number, number | null>>): CustomerTree {
  const customers = Object.entries(parents).map(([id, parentId]): Customer => ({
    id: Number(id),
    code: `c-${id}`,
    name: `Customer ${id}`,
    parentId,
    createdAt: NOON,
    updatedAt: NOON,
    revision: 1,
  }))
  return customerTree(customers, 1)
}
