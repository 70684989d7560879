import type { Caller } from './caller.ts'
import { cursorBinding, cursorRefusal } from './cursor.ts'
import type { RowPageRequest } from './directory.ts'
import { invalid } from './error.ts'
import { PAGE_SIZE_MAX } from './limits.ts'
import { viewKey } from './principal.ts'

/** A page of rows that have a number by which they follow each other. */
interface StretchPage<Row> {
  readonly rows: readonly Row[]
  /** The first row of the next page, where there is one. */
  readonly following: Row | undefined
  /** The cursor of the next page; null on the last. */
  readonly next: string | null
}

/** What rows are read from, and what makes one the caller's to see. */
interface StretchSource<Row> {
  /** All that the rows depend on besides the caller: a cursor is good for the same question only. */
  readonly question: readonly unknown[]
  readonly read: (from: number | undefined, limit: number) => Promise<readonly Row[]>
  readonly placeOf: (row: Row) => number
  readonly isVisible: (row: Row) => Promise<boolean>
}

/**
 * A page of the rows the caller may see, full unless it is the last: rows beyond are read until it is. Throws `invalid` for a
 * limit or cursor that cannot be.
 */
export async function pageOfStretch<Row>(
  caller: Caller,
  { limit, cursor }: RowPageRequest,
  { question, read, placeOf, isVisible }: StretchSource<Row>,
): Promise<StretchPage<Row>> {
  if (limit < 1 || limit > PAGE_SIZE_MAX) {
    throw invalid('range', `A page has 1 to ${PAGE_SIZE_MAX} rows.`, {
      name: 'limit',
      allowed: `1 to ${PAGE_SIZE_MAX}`,
    })
  }
  const binding = cursorBinding(JSON.stringify([viewKey(caller.principal), ...question]))
  const newest = caller.reading?.newestRevision ?? (await caller.store.revision())
  let from: number | undefined
  if (cursor !== undefined) {
    const { position, revision } = caller.cursors.decode(cursor, binding)
    // Made before the directory was set back to an earlier state: it is no place of this one.
    if (revision > newest) throw cursorRefusal()
    from = Number(position.tie)
  }
  // Who sees everything has every row read; who does not may have to pass over many.
  const most = caller.principal.scope === 'all' ? limit + 1 : PAGE_SIZE_MAX + 1
  const rows: Row[] = []
  for (let isEnd = false; rows.length <= limit && !isEnd;) {
    const found = await read(from, most)
    for (const row of found) if (rows.length <= limit && (await isVisible(row))) rows.push(row)
    const last = found.at(-1)
    isEnd = last === undefined || found.length < most
    if (last !== undefined) from = placeOf(last)
  }
  const page = rows.slice(0, limit)
  const following = rows[limit]
  const last = page.at(-1)
  const next =
    following === undefined || last === undefined
      ? null
      : caller.cursors.encode(
          { position: { keys: [], tie: placeOf(last) }, direction: 'after', revision: newest },
          binding,
        )
  return { rows: page, following, next }
}
