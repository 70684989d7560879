import { customerTree, type Customer } from '../../src/core/customer.ts'
import type { Change, Commit, UserVersion } from '../../src/core/store.ts'
import type { SavedView } from '../../src/core/saved-view.ts'
import { fold } from '../../src/core/text.ts'
import type { Token } from '../../src/core/token.ts'
import type { User } from '../../src/core/user.ts'
import type { World } from './list.ts'

/** Everything a directory holds, as commits have made it. */
export interface Memory {
  readonly revision: number
  readonly customers: ReadonlyMap<number, Customer>
  /** Ids of customers that were removed, never given again. */
  readonly removed: ReadonlySet<number>
  readonly users: ReadonlyMap<string, User>
  /** Versions by user, newest first. */
  readonly history: ReadonlyMap<string, readonly UserVersion[]>
  readonly tokens: ReadonlyMap<string, Token>
  readonly savedViews: ReadonlyMap<string, SavedView>
  readonly receipts: ReadonlySet<string>
  /** The highest customer id and user number ever given. */
  readonly lastCustomer: number
  readonly lastNumber: number
}

export const EMPTY: Memory = {
  revision: 0,
  customers: new Map(),
  removed: new Set(),
  users: new Map(),
  history: new Map(),
  tokens: new Map(),
  savedViews: new Map(),
  receipts: new Set(),
  lastCustomer: 0,
  lastNumber: 0,
}

/** What a directory refuses: the change that is wrong, and every reason there is to refuse it. */
export interface Refusal {
  readonly position: number | undefined
  readonly reasons: readonly string[]
}

/** What a commit makes of a directory: the next one, or a refusal. */
export function commitTo(memory: Memory, commit: Commit): Memory | Refusal {
  const revision = memory.revision + 1
  let next: Memory = { ...memory, revision }
  for (const [position, change] of commit.changes.entries()) {
    const reasons = reasonsAgainst(next, change)
    if (reasons.length > 0) return { position, reasons }
    next = changed(next, change, commit)
  }
  if (!commit.receipt) return next
  const key = JSON.stringify([commit.receipt.scope, commit.receipt.key])
  if (memory.receipts.has(key)) return { position: undefined, reasons: ['running'] }
  return { ...next, receipts: new Set([...memory.receipts, key]) }
}

/** The users and customers of a directory, to be asked for. */
export function worldOf({ users, customers, revision }: Memory): World {
  return { users: [...users.values()], tree: customerTree(customers.values(), revision), revision }
}

function reasonsAgainst(memory: Memory, change: Change): readonly string[] {
  switch (change.kind) {
    case 'user':
      return reasonsAgainstUser(memory, change)
    case 'customer':
      return reasonsAgainstCustomer(memory, change)
    case 'remove-customer': {
      const inUse =
        [...memory.users.values()].some(({ customerId }) => customerId === change.id) ||
        [...memory.customers.values()].some(({ parentId }) => parentId === change.id)
      const stale = memory.customers.get(change.id)?.revision !== change.expected
      return [...(stale ? ['changed'] : []), ...(inUse ? ['in_use'] : [])]
    }
    case 'issue-token':
      return [
        ...(memory.tokens.has(change.token.id) ? ['taken'] : []),
        ...(memory.users.has(change.token.userId) ? [] : ['value']),
        ...(change.token.use === 'sign-in' && change.token.revokedAt === null && signsIn(memory, change.token.userId)
          ? ['taken']
          : []),
      ]
    case 'revoke-token': {
      const token = memory.tokens.get(change.id)
      if (!token) return ['subject']
      return change.once && token.revokedAt !== null ? ['changed'] : []
    }
    case 'end-sessions':
    case 'forget-sessions':
      return []
    case 'saved-view':
      return reasonsUnless(memory.savedViews.get(change.view.id)?.revision, change.expected)
    case 'remove-saved-view':
      return reasonsUnless(memory.savedViews.get(change.id)?.revision, change.expected)
  }
}

function reasonsUnless(revision: number | undefined, expected: number | null): readonly string[] {
  if ((revision ?? null) === expected) return []
  return [expected === null ? 'taken' : 'changed']
}

function signsIn({ tokens }: Memory, userId: string): boolean {
  return [...tokens.values()].some(
    (token) => token.use === 'sign-in' && token.userId === userId && token.revokedAt === null,
  )
}

function reasonsAgainstUser(memory: Memory, { user, expected }: Change & { kind: 'user' }): readonly string[] {
  const before = memory.users.get(user.id)
  const others = [...memory.users.values()].filter(({ id }) => id !== user.id)
  const live = others.filter(({ status }) => status !== 'deleted')
  const same = (a: string | null, b: string | null) => a !== null && b !== null && fold(a) === fold(b)
  const taken =
    (expected === null && before !== undefined) ||
    (user.number !== undefined && others.some(({ number }) => number === user.number)) ||
    (user.status !== 'deleted' &&
      live.some((other) => same(other.identifier, user.identifier) || same(other.email, user.email)))
  const changed = expected !== null && before?.revision !== expected
  const nowhere = !memory.customers.has(user.customerId)
  return [...(taken ? ['taken'] : []), ...(changed ? ['changed'] : []), ...(nowhere ? ['value'] : [])]
}

function reasonsAgainstCustomer(
  memory: Memory,
  { customer, expected }: Change & { kind: 'customer' },
): readonly string[] {
  const { id, parentId, code } = customer
  const before = id === undefined ? undefined : memory.customers.get(id)
  const others = [...memory.customers.values()].filter((other) => other.id !== id)
  const known = before !== undefined || (id !== undefined && memory.removed.has(id))
  const taken = (expected === null && known) || others.some((other) => fold(other.code) === fold(code))
  const changed = expected !== null && before?.revision !== expected
  const tree = customerTree(memory.customers.values(), memory.revision)
  const cycle = parentId !== null && id !== undefined && (parentId === id || tree.isWithin(parentId, id))
  const nowhere = parentId !== null && !memory.customers.has(parentId)
  return [
    ...(taken ? ['taken'] : []),
    ...(changed ? ['changed'] : []),
    ...(cycle ? ['cycle'] : []),
    ...(nowhere ? ['value'] : []),
  ]
}

function changed(memory: Memory, change: Change, { at, by }: Commit): Memory {
  const { revision } = memory
  switch (change.kind) {
    case 'user': {
      const number = change.user.number ?? memory.users.get(change.user.id)?.number ?? memory.lastNumber + 1
      const user: User = { ...change.user, number, revision }
      const versions = [{ user, revision, at, by }, ...(memory.history.get(user.id) ?? [])]
      return {
        ...memory,
        users: new Map([...memory.users, [user.id, user]]),
        history: new Map([...memory.history, [user.id, versions]]),
        lastNumber: Math.max(memory.lastNumber, number),
      }
    }
    case 'customer': {
      const id = change.customer.id ?? memory.lastCustomer + 1
      return {
        ...memory,
        customers: new Map([...memory.customers, [id, { ...change.customer, id, revision }]]),
        lastCustomer: Math.max(memory.lastCustomer, id),
      }
    }
    case 'remove-customer':
      return {
        ...memory,
        customers: new Map([...memory.customers].filter(([id]) => id !== change.id)),
        removed: new Set([...memory.removed, change.id]),
      }
    case 'issue-token':
      return {
        ...memory,
        tokens: new Map([...memory.tokens, [change.token.id, { ...change.token, lastUsedAt: null }]]),
      }
    case 'revoke-token': {
      const token = memory.tokens.get(change.id)
      if (!token) return memory
      return {
        ...memory,
        tokens: new Map([...memory.tokens, [change.id, { ...token, revokedAt: token.revokedAt ?? change.at }]]),
      }
    }
    case 'end-sessions': {
      const { userId, at, parentId, exceptId } = change
      const isEnded = (token: Token) =>
        token.use === 'session' &&
        token.userId === userId &&
        token.revokedAt === null &&
        (parentId === undefined || token.parentId === parentId) &&
        token.id !== exceptId
      const tokens = [...memory.tokens].map(([id, token]): [string, Token] => [
        id,
        isEnded(token) ? { ...token, revokedAt: at } : token,
      ])
      return { ...memory, tokens: new Map(tokens) }
    }
    case 'forget-sessions': {
      const { userId, before } = change
      const isKept = ([, token]: readonly [string, Token]) =>
        token.use !== 'session' ||
        token.userId !== userId ||
        !(
          (token.revokedAt !== null && token.revokedAt < before) ||
          (token.expiresAt !== null && token.expiresAt < before)
        )
      return { ...memory, tokens: new Map([...memory.tokens].filter(isKept)) }
    }
    case 'saved-view':
      return { ...memory, savedViews: new Map([...memory.savedViews, [change.view.id, { ...change.view, revision }]]) }
    case 'remove-saved-view':
      return { ...memory, savedViews: new Map([...memory.savedViews].filter(([id]) => id !== change.id)) }
  }
}
