import { useCallback, useEffect, useState } from 'react'
import type { ListQuery } from '@rollcall/sdk'
import type { Rows } from './table/use-rows.ts'

/** What the page says of its list, told by the table that reads it. */
export interface ListState {
  /** The list whose rows are shown, which may be the one before; null while none has been read. */
  readonly query: ListQuery | null
  readonly count: number | null
  readonly isExact: boolean
  /** There are at least so many; they could not be counted. */
  readonly atLeast: number | null
  readonly isBehind: boolean
  readonly isOutdated: boolean
}

const UNKNOWN: ListState = {
  query: null,
  count: null,
  isExact: false,
  atLeast: null,
  isBehind: false,
  isOutdated: false,
}

/** Keeps it, without a render where it stays the same. */
export function useListState() {
  const [state, set] = useState(UNKNOWN)
  const setState = useCallback((next: ListState) => {
    const names = Object.keys(next) as (keyof ListState)[]
    set((before) => (names.every((name) => before[name] === next[name]) ? before : next))
  }, [])
  return [state, setState] as const
}

/** Tells it from the rows as they are read; `isRead` once there are any. */
export function useToldState(onChange: (state: ListState) => void, rows: Rows, isRead: boolean): void {
  const { query, count, total, isTotalExact, isUncounted, isBehind, isOutdated } = rows
  useEffect(() => {
    onChange({
      query: isRead ? query : null,
      count: total,
      isExact: isTotalExact,
      atLeast: isUncounted ? count : null,
      isBehind,
      isOutdated,
    })
  }, [onChange, isRead, query, count, total, isTotalExact, isUncounted, isBehind, isOutdated])
}
