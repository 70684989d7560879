import type { BatchOperation, Status, User, UserDraft } from '@rollcall/sdk'

/** What is done to each of many users. */
export type Change =
  | { readonly kind: 'status'; readonly status: Exclude<Status, 'deleted'>; readonly reason: string }
  | { readonly kind: 'customer'; readonly customerId: number }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'tags'; readonly set: Readonly<Record<string, string>>; readonly remove: readonly string[] }
  | { readonly kind: 'delete' }
  | { readonly kind: 'restore' }

/** What each is called, at the top of its dialog. */
export const TITLES: Readonly<Record<Change['kind'], string>> = {
  status: 'Change the status',
  customer: 'Move to a customer',
  role: 'Change the role',
  tags: 'Change tags',
  delete: 'Delete users',
  restore: 'Restore users',
}

/** The members of a user that a change needs to know. */
export type Subject = Pick<User, 'id' | 'fullName' | 'revision'> & Partial<User>

/** What has to be read of a user before any change can be made, and taken back. */
export const SUBJECT_FIELDS = [
  'id',
  'fullName',
  'revision',
  'status',
  'statusReason',
  'customerId',
  'role',
  'tags',
] as const satisfies readonly (keyof User)[]

const CHANGED: Readonly<Record<Change['kind'], readonly (keyof User)[]>> = {
  status: ['status', 'statusReason'],
  customer: ['customerId'],
  role: ['role'],
  tags: ['tags'],
  delete: ['status'],
  restore: ['status'],
}

/** What a user is to have afterwards; null where it is to be deleted or restored. */
export function wanted(change: Change, user: Subject): UserDraft | null {
  switch (change.kind) {
    case 'status':
      return { status: change.status, statusReason: change.reason === '' ? null : change.reason }
    case 'customer':
      return { customerId: change.customerId }
    case 'role':
      return { role: change.role === '' ? null : change.role }
    case 'tags': {
      const kept = Object.entries(user.tags ?? {}).filter(([name]) => !change.remove.includes(name))
      return { tags: { ...Object.fromEntries(kept), ...change.set } }
    }
    case 'delete':
    case 'restore':
      return null
  }
}

/** The operation of a batch, good only while the user is as it was read. */
export function operationOf(change: Change, user: Subject): BatchOperation {
  const { id, revision: ifRevision } = user
  if (change.kind === 'delete' || change.kind === 'restore') return { op: change.kind, id, ifRevision }
  return { op: 'update', id, user: wanted(change, user) ?? {}, ifRevision }
}

/** The operation that takes it back, for a user that has this revision since. */
export function reversalOf(change: Change, user: Subject, ifRevision: number): BatchOperation {
  const { id } = user
  if (change.kind === 'delete') return { op: 'restore', id, ifRevision }
  if (change.kind === 'restore') return { op: 'delete', id, ifRevision }
  const before = Object.fromEntries(CHANGED[change.kind].map((field) => [field, user[field] ?? null]))
  return { op: 'update', id, user: before, ifRevision }
}

/** Whether a user already is as an operation would make it. */
export function isDone(operation: BatchOperation, user: Partial<User>): boolean {
  if (operation.op === 'delete') return user.status === 'deleted'
  if (operation.op === 'restore') return user.status !== 'deleted'
  if (!('user' in operation)) return false
  return Object.entries(operation.user).every(([field, value]) => isSame(user[field as keyof User] ?? null, value))
}

// The order of the members of an object says nothing.
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
}
