import { useState, type RefObject } from 'react'
import type { ViewInAddress } from '../address/address.ts'
import { pageOf } from './list-query.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useRows } from './use-rows.ts'

/**
 * The rows of the list that a view asks for, read where they are seen in a box that scrolls, at first from `row` on. `list` tells
 * lists apart; `isAsked` where it is the one that is asked for, not the one before.
 */
export function useTableRows(box: RefObject<HTMLElement | null>, { query, fault }: ViewInAddress, row: number) {
  const [count, setCount] = useState(0)
  const scroll = useRowScroll(box, count, row)
  const text = JSON.stringify(query)
  // What was understood of a faulty question is another question: the list before it stays.
  const [asked, setAsked] = useState({ query, text, page: pageOf(row), isWhole: fault === null })
  if (fault === null && (text !== asked.text || !asked.isWhole))
    setAsked({ query, text, page: pageOf(row), isWhole: true })
  const rows = useRows(asked.query, asked.page, asked.isWhole, scroll.first, scroll.last)
  if (rows.count !== count) setCount(rows.count)
  const list = JSON.stringify(rows.query)
  return {
    rows,
    scroll,
    list,
    isRead: asked.isWhole && !rows.isFirstLoading,
    isAsked: fault === null && list === text,
  }
}
