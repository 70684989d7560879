import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { ListQuery, User } from '@rollcall/sdk'
import { openingPageQuery, PAGE_ROWS, pageQuery, revisionQuery, totalQuery, type Page } from './list-query.ts'

/** The rows of a list as far as they have been read. */
export interface Rows {
  /** The list the rows are of: the one before while another is on its way. */
  readonly query: ListQuery
  /** Rows there are, as far as is known. */
  readonly count: number
  /** How many users the list has; null while that is not known. */
  readonly total: number | null
  readonly isTotalExact: boolean
  /** The list could not be counted; there are at least `count`. */
  readonly isUncounted: boolean
  readonly rowAt: (index: number) => User | undefined
  /** Those that are loaded. The same array while they are the same. */
  readonly loaded: User[]
  readonly isFirstLoading: boolean
  /** The directory as the oldest of the rows show it. */
  readonly revision: number
  /** Rows are of another list than is asked for. */
  readonly isBehind: boolean
  readonly error: Error | null
  readonly retry: () => void
  /** The directory was written since the rows were read. */
  readonly isOutdated: boolean
}

/** How long a far place has to be looked at before it is read: dragging the scroll bar asks for where it stops. */
const SETTLE_MS = 70
/** Rows read ahead in either direction. */
const AHEAD_ROWS = 30

/** The rows of a list around a place, read page by page; `opening` is the page that is read before all others. */
export function useRows(asked: ListQuery, opening: number, isEnabled: boolean, first: number, last: number): Rows {
  const head = useQuery({ ...openingPageQuery(asked, opening), enabled: isEnabled })
  const query = head.data?.query ?? asked
  const counted = useQuery({ ...totalQuery(query), enabled: isEnabled && head.data !== undefined })
  const newest = useQuery({ ...revisionQuery, enabled: head.data !== undefined })
  const [from, to] = useSettled(
    Math.floor(Math.max(0, first - AHEAD_ROWS) / PAGE_ROWS),
    Math.floor((last + AHEAD_ROWS) / PAGE_ROWS),
  )
  const total = counted.data?.total ?? null
  const lastPage = total === null ? to : Math.max(0, Math.ceil(total / PAGE_ROWS) - 1)
  const indexes = useMemo(
    () => Array.from({ length: Math.max(0, Math.min(to, lastPage) - from + 1) }, (_, at) => from + at),
    [from, to, lastPage],
  )
  const found = useQueries({
    queries: indexes.map((index) => ({ ...pageQuery(query, index), enabled: isEnabled && head.data !== undefined })),
    combine: joined,
  })
  const pages = useMemo(() => {
    const all = head.data === undefined ? found.pages : [...found.pages, head.data]
    return new Map(all.map((page) => [page.index, page]))
  }, [found.pages, head.data])
  const loaded = useMemo(() => [...pages.values()].flatMap(({ users }) => users), [pages])
  const known = knownRows([...pages.values()])
  const shownRevision = Math.min(...[...pages.values()].map(({ revision }) => revision))
  return {
    query,
    count:
      known.isEnd && total === null ? known.rows : Math.max(total ?? 0, total === null ? known.rows + PAGE_ROWS : 0),
    total: total ?? (known.isEnd && head.data !== undefined ? known.rows : null),
    isTotalExact: !head.isPlaceholderData && (newest.data ?? 0) <= (counted.data?.revision ?? shownRevision),
    isUncounted: counted.isError,
    rowAt: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.users[index % PAGE_ROWS],
    loaded,
    revision: shownRevision,
    isFirstLoading: head.isPending,
    isBehind: head.isPlaceholderData,
    error: head.error ?? found.error,
    retry: () => {
      if (head.isError) void head.refetch()
      else found.retry()
    },
    isOutdated: newest.data !== undefined && newest.data > shownRevision,
  }
}

function joined(
  results: readonly {
    data: Page | undefined
    error: Error | null
    isError: boolean
    refetch: () => Promise<unknown>
  }[],
) {
  return {
    pages: results.flatMap(({ data }) => data ?? []),
    error: results.find(({ isError }) => isError)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch()
    },
  }
}

function knownRows(pages: readonly Page[]): { readonly rows: number; readonly isEnd: boolean } {
  let last: Page | undefined
  for (const page of pages) if (last === undefined || page.index > last.index) last = page
  if (last === undefined) return { rows: 0, isEnd: true }
  // Beyond the end is no user, which says nothing of where the end is.
  const isBeyond = last.index > 0 && last.users.length === 0
  return { rows: last.index * PAGE_ROWS + last.users.length, isEnd: !last.page.hasMore && !isBeyond }
}

// A neighbour at once, anything further once it stays.
function useSettled(from: number, to: number): readonly [number, number] {
  const [settled, setSettled] = useState<readonly [number, number]>([from, to])
  const isNear = from <= settled[1] + 1 && to >= settled[0] - 1
  const isSame = from === settled[0] && to === settled[1]
  if (isNear && !isSame) setSettled([from, to])
  useEffect(() => {
    if (isNear) return undefined
    const timer = setTimeout(() => setSettled([from, to]), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [from, to, isNear])
  return isNear ? [from, to] : settled
}
