import { useEffect, useLayoutEffect, useRef } from 'react'
import { placeSearch, type ListPlace } from '../address/list-place.ts'
import { listText } from '../address/search.ts'
import type { ChangeView } from '../address/use-address.ts'
import type { RowScroll } from './use-row-scroll.ts'

interface KeptPlaceParts {
  /** Where the address says one is. */
  readonly place: ListPlace
  readonly list: string
  /** Whether the rows of the list that the address asks for are there. */
  readonly isShown: boolean
  readonly scroll: RowScroll
  readonly active: number
  readonly setActive: (row: number) => void
  readonly onChange: ChangeView
}

/** How long one stays somewhere before the address says so: browsers refuse addresses that change with every row. */
const PAUSE_MS = 150

/** Goes where the address says, and has the address say where one has gone, without a step in the history. */
export function useKeptPlace({ place, list, isShown, scroll, active, setActive, onChange }: KeptPlaceParts): void {
  const { open, seen } = scroll
  const { row, active: told } = place
  // The place that was last taken from the address or written there.
  const known = useRef('')
  const knownActive = useRef(told)
  const writtenAt = useRef(-Infinity)
  const wanted = placeKey(list, row, told)
  useLayoutEffect(() => {
    if (!isShown || known.current === wanted) return
    known.current = wanted
    knownActive.current = told
    setActive(told)
    open(row, told)
  }, [isShown, wanted, row, told, open, setActive])

  const now = placeKey(list, seen, active)
  useEffect(() => {
    if (!isShown || known.current === now) return undefined
    const before = listNow()
    const write = () => {
      // Another page or list is on its way, to which the row says nothing.
      if (listNow() !== before) return
      known.current = now
      knownActive.current = active
      writtenAt.current = performance.now()
      onChange(placeSearch({ row: seen, active }), { replace: true })
    }
    // A jump by one key is kept at once, keys and wheels that are held when they rest.
    const isJump = active !== knownActive.current && performance.now() - writtenAt.current > PAUSE_MS
    const timer = setTimeout(write, isJump ? 0 : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [isShown, now, seen, active, onChange])
}

function placeKey(list: string, row: number, active: number): string {
  return `${row} ${active} ${list}`
}

function listNow(): string {
  return location.pathname + listText(location.search)
}
