import { useEffect, useState, type RefObject } from 'react'
import type { ViewInAddress } from '../address/address.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useRows } from './use-rows.ts'

const ROW_PX = 40
const HEAD_PX = 36

/** The rows of the list that a view asks for, read where they are seen in a box that scrolls. `list` tells lists apart. */
export function useTableRows(box: RefObject<HTMLElement | null>, { query, fault }: ViewInAddress) {
  const [count, setCount] = useState(0)
  const scroll = useRowScroll(box, count, ROW_PX, HEAD_PX)
  // What was understood of a faulty question is another question: the list before it stays.
  const [asked, setAsked] = useState(fault === null ? query : null)
  if (fault === null && query !== asked) setAsked(query)
  const rows = useRows(asked ?? query, asked !== null, scroll.first, scroll.last)
  if (rows.count !== count) setCount(rows.count)
  const list = JSON.stringify(rows.query)
  const { toStart } = scroll
  useEffect(toStart, [list, toStart])
  return { rows, scroll, list, isRead: asked !== null && !rows.isFirstLoading }
}
