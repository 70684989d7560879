import type { Caller } from './caller.ts'
import { cursorBinding, cursorRefusal, type CursorBinding, type CursorPlace } from './cursor.ts'
import type { CustomerTree } from './customer.ts'
import type {
  Cursors,
  DocumentList,
  ListRequest,
  Person,
  RowPageRequest,
  UserList,
  UserReference,
  VersionPage,
} from './directory.ts'
import { forbidden, invalid, notFound } from './error.ts'
import { all, fieldsOf, LIVE, NOBODY, type Filter } from './filter.ts'
import { FILTER_DEPTH_MAX, FILTER_NODES_MAX, OFFSET_MAX, PAGE_SIZE_MAX, SORT_KEYS_MAX } from './limits.ts'
import { matches } from './matches.ts'
import { may, reads, assertMay, sees, viewKey } from './principal.ts'
import type { Page, PageFacts, Position, Query } from './query.ts'
import type { SortKey } from './sort.ts'
import { pageOfStretch } from './stretch.ts'
import type { User } from './user.ts'

/** Few enough that reading and rendering them keeps nobody else waiting for more than some milliseconds. */
const STREAM_BATCH = 100

/** A page of users the caller may see. */
export async function listUsers(caller: Caller, request: ListRequest): Promise<UserList> {
  const { query, binding } = await narrowed(caller, request)
  const page = await caller.store.users(query)
  caller.reading?.shown?.(page.revision)
  return { ...page, users: page.users.map((user) => readable(caller, user)), cursors: cursorsOf(caller, page, binding) }
}

/** The same page as ready JSON. */
export async function listDocuments(caller: Caller, request: ListRequest): Promise<DocumentList> {
  const { query, binding } = await narrowed(caller, request)
  const page = await caller.store.documents(query, may(caller.principal, 'users:read-metadata'))
  caller.reading?.shown?.(page.revision)
  return { ...page, cursors: cursorsOf(caller, page, binding) }
}

/** All matching users batch by batch; users that stay as they are come exactly once. */
export async function* streamUsers(
  caller: Caller,
  request: Omit<ListRequest, 'page' | 'total'> = {},
): AsyncIterable<readonly User[]> {
  const { query } = await narrowed(caller, { ...request, page: { limit: STREAM_BATCH } })
  let page = await caller.store.users(query)
  while (page.users.length > 0) {
    yield page.users.map((user) => readable(caller, user))
    if (!page.hasAfter) return
    page = await caller.store.users({
      ...query,
      minRevision: page.revision,
      page: { kind: 'position', from: page.last, direction: 'after', limit: STREAM_BATCH },
    })
  }
}

/** One user the caller may see; `not_found` otherwise, whatever the cause. */
export async function getUser(caller: Caller, reference: UserReference, includeDeleted = false): Promise<User> {
  assertMay(caller.principal, 'users:read', 'Reading users')
  const user = await caller.store.user(reference)
  if (!user || !(await isVisible(caller, user)) || (user.status === 'deleted' && !includeDeleted))
    throw notFound('User')
  return readable(caller, user)
}

/** A page of the versions of a user from when the caller might have seen it, newest first. */
export async function userHistory(
  caller: Caller,
  id: string,
  page: RowPageRequest = { limit: PAGE_SIZE_MAX },
): Promise<VersionPage> {
  assertMay(caller.principal, 'audit:read', 'Reading history')
  const user = await caller.store.user({ id })
  if (!user || !(await isVisible(caller, user))) throw notFound('User')
  const { rows, following, next } = await pageOfStretch(caller, page, {
    question: ['history', id],
    read: (before, limit) => caller.store.history(id, { before, limit }),
    placeOf: ({ revision }) => revision,
    isVisible: (version) => isVisible(caller, version.user),
  })
  const users = [...rows, ...(following === undefined ? [] : [following])].map(({ user }) => readable(caller, user))
  return {
    versions: rows.map((version, at) => ({ ...version, user: users[at] ?? version.user, before: users[at + 1] })),
    next,
  }
}

/** The people behind these ids as authors, by id; nobody without `users:read-metadata`. */
export async function listAuthors(caller: Caller, ids: Iterable<string | null>): Promise<ReadonlyMap<string, Person>> {
  if (!may(caller.principal, 'users:read-metadata')) return new Map()
  const people = new Map<string, Person>()
  for (const user of await usersBehind(caller, ids)) {
    const { id, number, givenName, familyName, fullName, displayName, userType } = user
    const visible = (await isVisible(caller, user)) ? user : null
    people.set(id, { id, number, givenName, familyName, fullName, displayName, userType, user: visible })
  }
  return people
}

/** The users among these ids that the caller may see, by id. */
export async function listUsersById(caller: Caller, ids: Iterable<string | null>): Promise<ReadonlyMap<string, User>> {
  const found = new Map<string, User>()
  for (const user of await usersBehind(caller, ids)) {
    if (await isVisible(caller, user)) found.set(user.id, readable(caller, user))
  }
  return found
}

/** A user as the caller may read it: what takes a permission the caller lacks is absent, whatever is done with it. */
export function readable(caller: Caller, user: User): User {
  return may(caller.principal, 'users:read-metadata') ? user : { ...user, createdBy: null, updatedBy: null }
}

/** Whether a user is within what the caller sees. */
export async function isVisible(caller: Caller, user: User): Promise<boolean> {
  return caller.principal.scope === 'all' || matches(sees(caller.principal), user, await caller.store.customers())
}

async function usersBehind(caller: Caller, ids: Iterable<string | null>): Promise<readonly User[]> {
  const wanted = new Set(ids)
  wanted.delete(null)
  return wanted.size === 0 ? [] : caller.store.usersById([...wanted] as string[])
}

// Authorisation is part of the question: nothing is taken out of a page afterwards.
async function narrowed(
  caller: Caller,
  request: ListRequest,
): Promise<{ readonly query: Query; readonly binding: CursorBinding }> {
  const { principal } = caller
  assertMay(principal, 'users:read', 'Listing users')
  const { filter, search, sort = [], total = false, includeDeleted = false } = request
  if (filter) assertFilter(caller, filter)
  assertSort(caller, sort)
  const { scope } = principal
  const asked = filter && scope !== 'all' ? withinScope(filter, scope, await caller.store.customers()) : filter
  const whole = all(sees(principal), includeDeleted ? undefined : LIVE, asked)
  const binding = cursorBinding(JSON.stringify([viewKey(principal), whole, search, sort]))
  const place = placeOf(caller, request, binding)
  const minRevision = Math.max(caller.reading?.minRevision ?? 0, place?.revision ?? 0)
  return { query: { filter: whole, search, sort, page: pageOf(request, place), total, minRevision }, binding }
}

function placeOf(caller: Caller, { page }: ListRequest, binding: CursorBinding): CursorPlace | undefined {
  if (!('cursor' in page) || page.cursor === undefined) return undefined
  const place = caller.cursors.decode(page.cursor, binding)
  // Made before the directory was set back to an earlier state: it is not a place of this one.
  if (place.revision > (caller.reading?.newestRevision ?? Infinity)) throw cursorRefusal()
  return place
}

// A customer that does not exist for the caller has nobody below it: else its answer would tell who is above whom.
function withinScope(filter: Filter, scope: number, tree: CustomerTree): Filter {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return { ...filter, of: filter.of.map((one) => withinScope(one, scope, tree)) }
    case 'not':
      return { ...filter, of: withinScope(filter.of, scope, tree) }
    case 'subtree':
      return tree.isWithin(filter.customerId, scope) ? filter : NOBODY
    default:
      return filter
  }
}

function pageOf({ page }: ListRequest, place: CursorPlace | undefined): Page {
  const { limit } = page
  if (limit < 1 || limit > PAGE_SIZE_MAX) {
    throw invalid('range', `A page has 1 to ${PAGE_SIZE_MAX} users.`, {
      name: 'limit',
      allowed: `1 to ${PAGE_SIZE_MAX}`,
    })
  }
  if ('offset' in page) {
    if (page.offset < 0 || page.offset > OFFSET_MAX) {
      throw invalid('range', `An offset is 0 to ${OFFSET_MAX}; use a cursor to go further.`, {
        name: 'offset',
        allowed: `0 to ${OFFSET_MAX}`,
      })
    }
    return { kind: 'offset', offset: page.offset, limit }
  }
  const direction = page.direction ?? place?.direction ?? 'after'
  return { kind: 'position', from: place?.position ?? null, direction, limit }
}

function cursorsOf(caller: Caller, page: PageFacts, binding: CursorBinding): Cursors {
  const { first, last, hasBefore, hasAfter, revision } = page
  const encoded = (position: Position | null, direction: 'after' | 'before') =>
    position && caller.cursors.encode({ position, direction, revision }, binding)
  return { next: hasAfter ? encoded(last, 'after') : null, previous: hasBefore ? encoded(first, 'before') : null }
}

function assertFilter(caller: Caller, filter: Filter): void {
  const hidden = fieldsOf(filter).find((field) => !reads(caller.principal, field))
  if (hidden !== undefined) throw forbidden('users:read-metadata', `Filtering by ${hidden}`)
  const { depth, nodes } = sizeOf(filter)
  if (depth > FILTER_DEPTH_MAX)
    throw invalid('range', `A filter is nested at most ${FILTER_DEPTH_MAX} deep.`, { name: 'filter' })
  if (nodes > FILTER_NODES_MAX)
    throw invalid('range', `A filter has at most ${FILTER_NODES_MAX} conditions.`, { name: 'filter' })
}

function sizeOf(filter: Filter): { readonly depth: number; readonly nodes: number } {
  const parts = filter.kind === 'all' || filter.kind === 'any' ? filter.of : filter.kind === 'not' ? [filter.of] : []
  const sizes = parts.map(sizeOf)
  return {
    depth: 1 + Math.max(0, ...sizes.map(({ depth }) => depth)),
    nodes: 1 + sizes.reduce((sum, { nodes }) => sum + nodes, 0),
  }
}

const METADATA_SORTS: readonly SortKey['field'][] = ['createdBy', 'updatedBy', 'createdByName', 'updatedByName']

function assertSort(caller: Caller, sort: readonly SortKey[]): void {
  const hidden = sort.find(({ field }) => METADATA_SORTS.includes(field))
  if (hidden && !may(caller.principal, 'users:read-metadata')) {
    throw forbidden('users:read-metadata', `Sorting by ${hidden.field.replace(/Name$/, '')}`)
  }
  if (sort.length > SORT_KEYS_MAX) {
    throw invalid('range', `A list is sorted by at most ${SORT_KEYS_MAX} fields.`, {
      name: 'sort',
      allowed: `at most ${SORT_KEYS_MAX} fields`,
    })
  }
}
