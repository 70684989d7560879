import type { Caller } from './caller.ts'
import { assertRevision, commit, commitUnlessChanged, earlierResult } from './commits.ts'
import type { BatchOperation, BatchOutcome } from './directory.ts'
import { DirectoryError, invalid } from './error.ts'
import { all, equal, LIVE, type Filter } from './filter.ts'
import { matchValue, withForesight } from './foresight.ts'
import { BATCH_SIZE_MAX } from './limits.ts'
import { assertMay, may, sees } from './principal.ts'
import type { Change, Committed, UserKey } from './store.ts'
import { rightsLost } from './sign-in-right.ts'
import { fold } from './text.ts'
import { KEPT_FIELDS, type NewUser, type User, type UserDraft } from './user.ts'
import { isVisible } from './user-reads.ts'
import { newUser, replaced, restored, updated, userChange, writableUser } from './user-writes.ts'

type Done = Exclude<BatchOutcome['outcome'], 'refused'>

/** One operation made ready: the change it comes to, or none where it changes nothing. */
interface Prepared {
  readonly index: number
  readonly done: Done
  readonly change: (Change & { readonly kind: 'user' }) | undefined
  /** The user as it is, where nothing changes. */
  readonly user: User | undefined
}

// Who sees everything asks for the forest once: what is left to know is whether there is a customer, and the commit looks
// again.
function withForest(caller: Caller): Caller {
  const { store, principal } = caller
  if (principal.scope !== 'all') return caller
  let tree: ReturnType<typeof store.customers> | undefined
  return { ...caller, store: { ...store, customers: () => (tree ??= store.customers()) } }
}

/** All operations in one commit, or the first refusal; `where.position` is the index of the operation refused. */
export async function batchAtomically(
  asking: Caller,
  operations: readonly BatchOperation[],
): Promise<readonly BatchOutcome[]> {
  assertBatch(asking, operations)
  const earlier = await earlierResult(asking)
  if (earlier !== undefined) return earlier as readonly BatchOutcome[]
  const caller = await withForesight(withForest(asking), operations)
  return commitUnlessChanged(async () => {
    const prepared: Prepared[] = []
    const touched = new Set<string>()
    for (const [index, operation] of operations.entries()) {
      const ready = await placed(index, () => prepare(caller, operation, index))
      if (touches(ready, touched)) {
        throw atOperation(invalid('value', 'One user can stand in an atomic batch only once.'), index)
      }
      prepared.push(ready)
    }
    return commitGroup(caller, prepared)
  })
}

/**
 * Every operation on its own: one that is refused leaves the others as they are. Operations that do not touch each
 * other share a commit, so that a large batch is as quick as an atomic one.
 */
export async function batchEach(
  asking: Caller,
  operations: readonly BatchOperation[],
): Promise<readonly BatchOutcome[]> {
  assertBatch(asking, operations)
  if (asking.idempotency)
    throw invalid('value', 'Idempotency-Key needs an atomic batch.', { in: 'header', name: 'Idempotency-Key' })
  const caller = await withForesight(withForest(asking), operations)
  const outcomes: BatchOutcome[] = []
  let group: Prepared[] = []
  let touched = new Set<string>()
  const flush = async () => {
    await commitEach(caller, group, operations, outcomes)
    group = []
    touched = new Set()
  }
  for (const [index, operation] of operations.entries()) {
    try {
      let ready = await prepareApart(caller, operation, index, touched, flush)
      if (touches(ready, touched)) {
        await flush()
        ready = await prepare(caller, operation, index)
        touches(ready, touched)
      }
      group.push(ready)
    } catch (error) {
      outcomes[index] = refusal(error)
    }
  }
  await flush()
  return outcomes
}

// An operation on a user or a value that waits in the group must see it written first.
async function prepareApart(
  caller: Caller,
  operation: BatchOperation,
  index: number,
  touched: ReadonlySet<string>,
  flush: () => Promise<void>,
): Promise<Prepared> {
  const waits =
    operation.op === 'upsert'
      ? touched.has(matchKey(operation.match, operation.user[operation.match]))
      : 'id' in operation && touched.has(`id:${operation.id.toLowerCase()}`)
  if (waits) await flush()
  return prepare(caller, operation, index)
}

async function prepare(caller: Caller, operation: BatchOperation, index: number): Promise<Prepared> {
  switch (operation.op) {
    case 'create':
      return born(index, await newUser(caller, operation.user))
    case 'upsert': {
      const match = await matching(caller, operation)
      const buried = match ? undefined : await buriedAlready(caller, operation.user)
      if (buried) return revised(index, 'unchanged', buried, undefined)
      if (!match) return born(index, await newUser(caller, operation.user))
      return revised(index, 'updated', match, await updated(caller, match, withoutKept(operation.user)))
    }
    case 'update':
    case 'replace':
    case 'delete':
    case 'restore': {
      const user = await writableUser(caller, operation.id, operation.op === 'restore')
      assertRevision(user.revision, operation)
      switch (operation.op) {
        case 'update':
          return revised(index, 'updated', user, await updated(caller, user, operation.user))
        case 'replace':
          return revised(index, 'updated', user, await replaced(caller, user, operation.user))
        case 'delete':
          return revised(index, 'deleted', user, await updated(caller, user, { status: 'deleted' }))
        case 'restore':
          return revised(index, 'restored', user, await restored(caller, user))
      }
    }
  }
}

function born(index: number, user: NewUser): Prepared {
  return { index, done: 'created', change: { kind: 'user', user, expected: null }, user: undefined }
}

function revised(index: number, done: Done, user: User, after: NewUser | undefined): Prepared {
  if (!after) return { index, done: 'unchanged', change: undefined, user }
  return { index, done, change: userChange(user, after), user }
}

async function matching(caller: Caller, operation: BatchOperation & { op: 'upsert' }): Promise<User | undefined> {
  const { match } = operation
  const value = matchValue(operation)
  if (value === undefined) {
    throw invalid('missing', `${match} is needed to find the user to update.`, { in: 'body', name: match })
  }
  if (match === 'externalId' && caller.principal.scope !== 'all') return firstVisible(caller, equal(match, value))
  const found = await caller.store.user({ [match]: value } as UserKey)
  return found && (await isVisible(caller, found)) ? found : undefined
}

// Deleted users are found by nothing but their ids: one that comes again with an import is there already.
async function buriedAlready(caller: Caller, { id, status }: UserDraft): Promise<User | undefined> {
  if (status !== 'deleted' || typeof id !== 'string' || !may(caller.principal, 'admin')) return undefined
  const user = await caller.store.user({ id })
  return user?.status === 'deleted' && (await isVisible(caller, user)) ? user : undefined
}

// Several users may share an external id: the one meant is the first that the caller may see.
async function firstVisible({ store, principal }: Caller, filter: Filter): Promise<User | undefined> {
  const page = { kind: 'position', from: null, direction: 'after', limit: 1 } as const
  const whole = all(sees(principal), LIVE, filter)
  // What has just been written is not written again.
  const minRevision = await store.revision()
  const { users } = await store.users({ filter: whole, sort: [], page, total: false, minRevision })
  return users[0]
}

// An import brings again what the directory has kept since the first time; only new users take it from there.
function withoutKept(draft: UserDraft): UserDraft {
  const kept: readonly string[] = KEPT_FIELDS
  return Object.fromEntries(Object.entries(draft).filter(([field]) => !kept.includes(field)))
}

// All at once; after a refusal one, then two, four: where many are refused, each of them would otherwise have all that come
// after it made ready once more.
async function commitEach(
  caller: Caller,
  group: readonly Prepared[],
  operations: readonly BatchOperation[],
  outcomes: BatchOutcome[],
): Promise<void> {
  let size = group.length
  for (let rest = group; rest.length > 0;) {
    const next = rest.slice(0, size)
    try {
      for (const [n, outcome] of (await commitGroup(caller, next)).entries()) outcomes[next[n]?.index ?? n] = outcome
      rest = rest.slice(size)
      size *= 2
    } catch (error) {
      const culprit =
        error instanceof DirectoryError ? rest.findIndex(({ index }) => index === error.where.position) : -1
      if (culprit < 0) {
        // Not one operation's fault: all that waited for this commit failed with it.
        for (const { index } of rest) outcomes[index] = refusal(error)
        return
      }
      await commitEach(caller, rest.slice(0, culprit), operations, outcomes)
      await retryAlone(caller, rest[culprit], operations, outcomes, error)
      rest = rest.slice(culprit + 1)
      size = 1
    }
  }
}

// Where somebody else was quicker the operation is made ready again; any other refusal stands.
async function retryAlone(
  caller: Caller,
  refused: Prepared | undefined,
  operations: readonly BatchOperation[],
  outcomes: BatchOutcome[],
  error: unknown,
): Promise<void> {
  const operation = refused && operations[refused.index]
  if (!operation) return
  const { index } = refused
  try {
    if (!(error instanceof DirectoryError) || error.reason !== 'changed') throw error
    const attempt = async () => commitGroup(caller, [await prepare(caller, operation, index)])
    for (const outcome of await commitUnlessChanged(attempt)) outcomes[index] = outcome
  } catch (again) {
    outcomes[index] = refusal(again)
  }
}

async function commitGroup(caller: Caller, group: readonly Prepared[]): Promise<readonly BatchOutcome[]> {
  const changing = group.filter(({ change }) => change !== undefined)
  const outcomesOf = (results: Committed['results']) => {
    let next = 0
    return group.map(({ done, change, user }) => ({ outcome: done, user: (change ? results[next++] : user) as User }))
  }
  if (changing.length === 0) return outcomesOf([])
  // The operation that each change of the commit is for.
  const positions = changing.map(({ index }) => index)
  try {
    const steps = group.flatMap((one) => {
      return one.change && one.user ? [{ before: one.user, after: one.change.user, index: one.index }] : []
    })
    const lost = await rightsLost(caller, steps)
    positions.push(...lost.map(({ step }) => step.index))
    const changes = [...changing.flatMap(({ change }) => change ?? []), ...lost.map(({ change }) => change)]
    const { results } = await commit(caller, changes, (committed) => outcomesOf(committed.results))
    return outcomesOf(results)
  } catch (error) {
    if (!(error instanceof DirectoryError) || error.where.position === undefined) throw error
    throw atOperation(error, positions[error.where.position])
  }
}

// Remembers what a ready operation touches; true when something in the group touches the same.
function touches({ change, user }: Prepared, touched: Set<string>): boolean {
  const after = change?.user
  const ids = [after?.id ?? user?.id].map((id) => `id:${id ?? ''}`)
  // What a deleted user was called by is free for others.
  const named = after?.status === 'deleted' ? undefined : after
  const values = [
    matchKey('identifier', named?.identifier),
    matchKey('email', named?.email),
    matchKey('externalId', named?.externalId),
  ].filter((key) => !key.endsWith(':'))
  const all = [...ids, ...values]
  const clash = all.some((key) => touched.has(key))
  if (!clash) for (const key of all) touched.add(key)
  return clash
}

function matchKey(field: string, value: unknown): string {
  return `${field}:${typeof value === 'string' ? fold(value) : ''}`
}

function refusal(error: unknown): BatchOutcome {
  if (!(error instanceof DirectoryError)) throw error
  return { outcome: 'refused', error }
}

async function placed<T>(index: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof DirectoryError ? atOperation(error, index) : error
  }
}

function atOperation(error: DirectoryError, index: number | undefined): DirectoryError {
  const { code, message, reason, retryAfterS, permission } = error
  const where = index === undefined ? error.where : { ...error.where, position: index }
  return new DirectoryError(code, message, {
    where,
    cause: error,
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
    ...(permission === undefined ? {} : { permission }),
  })
}

function assertBatch(caller: Caller, operations: readonly BatchOperation[]): void {
  assertMay(caller.principal, 'users:write', 'Writing users')
  if (operations.length > BATCH_SIZE_MAX) {
    const allowed = `at most ${BATCH_SIZE_MAX} operations`
    throw invalid('range', `A batch has ${allowed}.`, { in: 'body', name: 'operations', allowed })
  }
}
