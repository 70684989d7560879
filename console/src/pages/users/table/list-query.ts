import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { RollcallFault, type ListQuery, type UserPage } from '@rollcall/sdk'
import { answers, directory, hasStatus } from '../../../directory/client.ts'

/** Users read at once. */
export const PAGE_ROWS = 100
/** Users the server skips; further pages are reached from their neighbours. */
const OFFSET_MAX = 10_000_000
/** Pages kept besides those that are seen. */
const SPARE_PAGES = 24

/** A page of a list, with the list it is of. */
export type Page = UserPage & { readonly query: ListQuery; readonly index: number }

/** The page a row is on; both are counted from 0. */
export function pageOf(row: number): number {
  return Math.floor(row / PAGE_ROWS)
}

const pageKey = (query: ListQuery, index: number) => ['users', 'page', query, index] as const

/** A page by its place. A page whose neighbour is known is read by cursor, any other by offset. */
export function pageQuery(query: ListQuery, index: number) {
  return queryOptions({
    queryKey: pageKey(query, index),
    queryFn: ({ signal }) => readPage(query, index, signal),
    staleTime: 60_000,
    gcTime: 120_000,
    // Rows must not move under somebody's hands: that something changed is said, and the list is read again when asked to.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

/** The page a list is opened at; the rows of the list before stay until it is there. */
export function openingPageQuery(query: ListQuery, index: number) {
  return queryOptions({ ...pageQuery(query, index), placeholderData: keepPreviousData })
}

async function readPage(query: ListQuery, index: number, signal: AbortSignal): Promise<Page> {
  const asked = { ...query, limit: PAGE_ROWS, count: 'none' } as const
  forgetPages()
  const cursor = cursorTo(query, index)
  if (cursor !== undefined) {
    try {
      return { ...(await directory.users.list({ ...asked, cursor }, { signal })), query, index }
    } catch (error) {
      // A cursor from before a restart with other keys, say. The place can still be counted out.
      if (!hasStatus(error, 400)) throw error
    }
  }
  const offset = index * PAGE_ROWS
  if (offset > OFFSET_MAX) {
    const detail = `Users beyond the first ${OFFSET_MAX.toLocaleString('en')} are reached by narrowing the list or sorting it the other way.`
    throw new RollcallFault({ type: 'about:blank', title: 'Too far down', status: 400, detail })
  }
  return { ...(await directory.users.list(offset === 0 ? asked : { ...asked, offset }, { signal })), query, index }
}

function cursorTo(query: ListQuery, index: number): string | undefined {
  if (index === 0) return undefined
  return pageNow(query, index - 1)?.page.next ?? pageNow(query, index + 1)?.page.previous
}

function pageNow(query: ListQuery, index: number): Page | undefined {
  const state = answers.getQueryState<Page>(pageKey(query, index))
  return state?.isInvalidated === true ? undefined : state?.data
}

// Somebody who scrolls through a million users would otherwise keep them all for two minutes.
function forgetPages(): void {
  const idle = answers
    .getQueryCache()
    .findAll({ queryKey: ['users', 'page'], type: 'inactive' })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
  for (const query of idle.slice(SPARE_PAGES)) answers.getQueryCache().remove(query)
}

/** How many users a list has. The order does not matter to it. */
export function totalQuery(query: ListQuery) {
  const { sort: _, ...unsorted } = query
  return queryOptions({
    queryKey: ['users', 'total', unsorted] as const,
    queryFn: async ({ signal }) => {
      const { total, revision } = await directory.users.list({ ...unsorted, limit: 1, fields: ['id'] }, { signal })
      return { total: total ?? null, revision }
    },
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

const LOOK_MS = 20_000

/** The revision the directory is at, looked at while the page is seen. */
export const revisionQuery = queryOptions({
  queryKey: ['users', 'revision'] as const,
  queryFn: async ({ signal }) =>
    (await directory.users.list({ limit: 1, count: 'none', fields: ['id'] }, { signal })).revision,
  refetchInterval: LOOK_MS,
  staleTime: LOOK_MS / 2,
})

/** Reads the list anew: what is seen at once, the rest when it is scrolled to. */
export async function refreshUsers(): Promise<void> {
  answers.removeQueries({ queryKey: ['users', 'page'], type: 'inactive' })
  await answers.invalidateQueries({ queryKey: ['users'] })
}
