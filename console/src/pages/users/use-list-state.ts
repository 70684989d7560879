import { useCallback, useState } from 'react'
import type { ListQuery } from '@rollcall/sdk'

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
  const [total, set] = useState(UNKNOWN)
  const setTotal = useCallback((next: ListState) => {
    const names = Object.keys(next) as (keyof ListState)[]
    set((before) => (names.every((name) => before[name] === next[name]) ? before : next))
  }, [])
  return { total, setTotal }
}
