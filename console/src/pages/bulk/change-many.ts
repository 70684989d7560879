import type { BatchOperation, BatchResult, Client, ListQuery } from '@rollcall/sdk'
import { idFilter } from '../../directory/id-filter.ts'
import { Ended, faultIn, type Course } from '../../work/course.ts'
import { isDone, operationOf, reversalOf, SUBJECT_FIELDS, type Change, type Subject } from './change.ts'

/** Whose change is wanted: that of these users, or of all of a list. */
export type Target =
  { readonly kind: 'some'; readonly ids: readonly string[] } | { readonly kind: 'all'; readonly query: ListQuery }

/** What became of one user. */
export interface Row {
  readonly id: string
  /** Its name; the id where it was not found. */
  readonly name: string
  readonly outcome: 'changed' | 'unchanged' | 'refused'
  /** Why it was refused. */
  readonly reason?: string
  /** What takes it back, where something changed. */
  readonly reversal?: BatchOperation
}

interface Parts {
  /** The client of /v1, as far as it is needed. */
  readonly users: Pick<Client['users'], 'list' | 'query' | 'batch'>
  readonly course: Course
  /** Told of each batch when it is done. */
  readonly onRows: (rows: readonly Row[]) => void
}

/** Users on a page, and operations in a batch. */
const PIECE_SIZE = 500
/** Ids in one filter; 16,384 characters of filter are allowed. */
const IDS_MAX = 300

/** One operation, with what is known of its user. */
interface Step {
  readonly operation: BatchOperation & { readonly id: string; readonly ifRevision: number }
  readonly name: string
  readonly reversal?: (revision: number) => BatchOperation
}

/**
 * Changes users page by page, however many they are; each has its own result. Holds one page at a time. Says whether it went
 * to the end: it does not where the course was ended, and what was done until then stays. Throws the fault that stops it.
 */
export async function changeMany(target: Target, change: Change, parts: Parts): Promise<'done' | 'ended'> {
  return untilEnded(async () => {
    for await (const { found, missing } of piecesOf(target, parts)) {
      if (missing.length > 0) parts.onRows(missing.map((id) => ({ id, name: id, outcome: 'refused', reason: MISSING })))
      const steps = found.map((user) => ({
        operation: operationOf(change, user) as Step['operation'],
        name: user.fullName,
        reversal: (revision: number) => reversalOf(change, user, revision),
      }))
      if (steps.length > 0) parts.onRows(await performed(steps, parts))
    }
  })
}

/** Takes back what `changeMany` changed, where nobody has changed it since. */
export async function takeBack(rows: readonly Row[], parts: Parts): Promise<'done' | 'ended'> {
  const steps = rows.flatMap(({ name, reversal }) =>
    reversal === undefined ? [] : [{ operation: reversal as Step['operation'], name }],
  )
  return untilEnded(async () => {
    for (let at = 0; at < steps.length; at += PIECE_SIZE) {
      parts.onRows(await performed(steps.slice(at, at + PIECE_SIZE), parts))
    }
  })
}

const MISSING = 'There is no such user any more.'
const CHANGED_SINCE = 'It has been changed by somebody else meanwhile.'
const UNKNOWN = 'The server did not answer: this may have been done or not.'

async function untilEnded(work: () => Promise<void>): Promise<'done' | 'ended'> {
  try {
    await work()
    return 'done'
  } catch (error) {
    if (error instanceof Ended) return 'ended'
    throw error
  }
}

type Piece = { readonly found: readonly Subject[]; readonly missing: readonly string[] }

async function* piecesOf(target: Target, parts: Parts): AsyncGenerator<Piece> {
  const { users, course } = parts
  if (target.kind === 'some') {
    for (let at = 0; at < target.ids.length; at += IDS_MAX) {
      const ids = target.ids.slice(at, at + IDS_MAX)
      const found = await course.patiently(() => withIds(ids, parts))
      const known = new Set(found.map(({ id }) => id))
      yield { found, missing: ids.filter((id) => !known.has(id)) }
    }
    return
  }
  // What is changed may be what the list is sorted by; then a user would come twice or never. This order stays.
  const { sort: _, fields: __, ...query } = target.query
  const order = query.search === undefined || query.search === '' ? {} : { sort: ['number'] }
  let cursor: string | undefined
  do {
    const place = cursor === undefined ? {} : { cursor }
    const page = await course.patiently(() =>
      users.list({ ...query, ...order, ...place, fields: SUBJECT_FIELDS, limit: PIECE_SIZE, count: 'none' }),
    )
    yield { found: page.users, missing: [] }
    cursor = page.page.next
  } while (cursor !== undefined)
}

async function withIds(ids: readonly string[], { users }: Parts) {
  const page = await users.query({
    filter: idFilter(ids),
    includeDeleted: true,
    fields: SUBJECT_FIELDS,
    limit: IDS_MAX,
    count: 'none',
  })
  return page.users
}

// A batch whose answer was lost may have been done: then each user tells by its revision whether it was.
async function performed(steps: readonly Step[], parts: Parts): Promise<readonly Row[]> {
  const { users, course } = parts
  const state = { isUncertain: false }
  try {
    return await course.patiently(async (mayBeDone) => {
      const { open, settled } = mayBeDone ? await sorted(steps, parts) : { open: steps, settled: [] }
      if (open.length === 0) return settled
      const batch = { atomic: false, operations: open.map(({ operation }) => operation) }
      const { results } = await users.batch(batch).catch((error: unknown) => {
        const status = faultIn(error)?.status ?? 0
        state.isUncertain ||= status === 0 || status >= 500
        throw error
      })
      return [...settled, ...open.map((step, index) => rowOf(step, results[index]))]
    })
  } catch (error) {
    if (state.isUncertain) parts.onRows(steps.map((step) => refused(step, UNKNOWN)))
    throw error
  }
}

async function sorted(steps: readonly Step[], parts: Parts) {
  const now = new Map<string, Subject>()
  for (let at = 0; at < steps.length; at += IDS_MAX) {
    const ids = steps.slice(at, at + IDS_MAX).map(({ operation }) => operation.id)
    for (const user of await withIds(ids, parts)) now.set(user.id, user)
  }
  const open: Step[] = []
  const settled: Row[] = []
  for (const step of steps) {
    const user = now.get(step.operation.id)
    if (user === undefined) settled.push(refused(step, MISSING))
    else if (user.revision === step.operation.ifRevision) open.push(step)
    else if (isDone(step.operation, user)) settled.push(changed(step, user.revision))
    else settled.push(refused(step, CHANGED_SINCE))
  }
  return { open, settled }
}

function rowOf(step: Step, result: BatchResult | undefined): Row {
  if (result === undefined) return refused(step, UNKNOWN)
  if (result.outcome === 'refused') {
    return refused(step, result.problem.status === 412 ? CHANGED_SINCE : result.problem.detail)
  }
  if (result.outcome === 'unchanged') return { id: step.operation.id, name: step.name, outcome: 'unchanged' }
  return changed(step, result.user.revision)
}

function changed({ operation, name, reversal }: Step, revision: number): Row {
  const row = { id: operation.id, name, outcome: 'changed' } as const
  return reversal === undefined ? row : { ...row, reversal: reversal(revision) }
}

function refused({ operation, name }: Step, reason: string): Row {
  return { id: operation.id, name, outcome: 'refused', reason }
}
