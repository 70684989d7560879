import type { ListQuery } from '@rollcall/sdk'
import { directory } from '../../../directory/client.ts'

/** Users a range may have; of a list that is longer, all are chosen instead. */
export const RANGE_MAX = 10_000
const PART_USERS = 1_000

/** Neighbouring rows of a list, with what was seen of them when they were asked for. */
export interface Range {
  readonly query: ListQuery
  /** The first row, and how many there are with it. */
  readonly first: number
  readonly count: number
  /** Ids of those that were on the screen or near it, by row. */
  readonly seen: ReadonlyMap<number, string>
  /** The directory when the list was read. */
  readonly revision: number
}

/** The ids of all users of a range, in order; null where the rows are no longer those that were seen. */
export async function readRange(
  { query, first, count, seen, revision }: Range,
  signal: AbortSignal,
  onPart: (users: number) => void,
): Promise<readonly string[] | null> {
  const asked = { ...query, fields: ['id'], count: 'none' } as const
  const ids: string[] = []
  // Both ends known tell that nothing before them came or went; otherwise only the same revision does.
  const isAnchored = seen.has(first) && seen.has(first + count - 1)
  let cursor: string | null = null
  do {
    const limit = Math.min(PART_USERS, count - ids.length)
    const place: ListQuery = cursor === null ? (first === 0 ? {} : { offset: first }) : { cursor }
    const part = await directory.users.list({ ...asked, ...place, limit }, { signal })
    if (!isAnchored && part.revision !== revision) return null
    ids.push(...part.users.map(({ id }) => id))
    onPart(part.users.length)
    cursor = part.page.next ?? null
  } while (cursor !== null && ids.length < count)
  const isAsSeen = ids.length === count && [...seen].every(([row, id]) => ids[row - first] === id)
  return isAsSeen ? ids : null
}
