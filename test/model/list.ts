import type { CustomerTree } from '../../src/core/customer.ts'
import { compareKeys, matches } from '../../src/core/matches.ts'
import type { PageFacts, Position, Query, UserPage } from '../../src/core/query.ts'
import { searchScore } from '../../src/core/search.ts'
import { compareUsers, keyValue } from '../../src/core/sort.ts'
import type { User } from '../../src/core/user.ts'

/** A whole directory at one revision. */
export interface World {
  readonly users: readonly User[]
  readonly tree: CustomerTree
  readonly revision: number
}

/** The users a query asks for, all of them, in its order: what every page of it is cut from. */
export function orderedUsers(world: World, query: Pick<Query, 'filter' | 'search' | 'sort'>): readonly User[] {
  const { search, sort } = query
  const found = world.users.filter((user) => matches(query.filter, user, world.tree))
  if (!search) return found.sort(compareUsers(sort, personOf(world)))
  const scores = new Map(found.map((user) => [user, searchScore(search, user)]))
  const near = found.filter((user) => scores.get(user) !== undefined)
  if (sort.length > 0) return near.sort(compareUsers(sort, personOf(world)))
  return near.sort((a, b) => (scores.get(a) ?? 0) - (scores.get(b) ?? 0) || a.number - b.number)
}

/** Where a user stands in the order of a query; a user the search does not find stands where `score` says. */
export function positionOf(world: World, query: Pick<Query, 'search' | 'sort'>, user: User, score = 0): Position {
  const { search, sort } = query
  if (sort.length > 0) {
    return { keys: sort.map((key) => keyValue(key, user, personOf(world))), tie: user.id }
  }
  return { keys: search ? [searchScore(search, user) ?? score] : [], tie: user.number }
}

/** The page a query asks for, found the slow way: every engine must give the same. */
export function listUsers(world: World, query: Query): UserPage {
  const ordered = orderedUsers(world, query)
  const [start, end] = stretch(world, query, ordered)
  const users = ordered.slice(start, end)
  const place = (user: User | undefined) => (user ? positionOf(world, query, user) : null)
  return {
    users,
    count: users.length,
    first: place(users[0]),
    last: place(users.at(-1)),
    hasBefore: start > 0,
    hasAfter: end < ordered.length,
    total: query.total ? ordered.length : null,
    revision: world.revision,
  }
}

/** What is known of a page besides its users. */
export function factsOf({ count, first, last, hasBefore, hasAfter, total, revision }: PageFacts): PageFacts {
  return { count, first, last, hasBefore, hasAfter, total, revision }
}

function stretch(world: World, query: Query, ordered: readonly User[]): readonly [number, number] {
  const { page } = query
  if (page.kind === 'offset') {
    const start = Math.min(page.offset, ordered.length)
    return [start, Math.min(start + page.limit, ordered.length)]
  }
  const { from, direction, limit } = page
  const beside = (order: number) =>
    from
      ? ordered.filter((user) => comparePositions(query, positionOf(world, query, user), from) * order > 0).length
      : 0
  if (direction === 'after') {
    const start = from ? ordered.length - beside(1) : 0
    return [start, Math.min(start + limit, ordered.length)]
  }
  const end = from ? beside(-1) : ordered.length
  return [Math.max(end - limit, 0), end]
}

function comparePositions({ sort }: Pick<Query, 'sort'>, a: Position, b: Position): number {
  for (const [index, x] of a.keys.entries()) {
    const y = b.keys[index] ?? null
    if (x === y) continue
    if (x === null) return 1
    if (y === null) return -1
    const order = compareKeys(x, y)
    if (order !== 0) return sort[index]?.descending ? -order : order
  }
  const tie = compareKeys(a.tie, b.tie)
  return sort.at(-1)?.descending ? -tie : tie
}

function personOf(world: World): (id: string) => User | undefined {
  const byId = new Map(world.users.map((user) => [user.id, user]))
  return (id) => byId.get(id)
}
