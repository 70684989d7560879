import { useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react'
import { useChoosing } from './use-choosing.ts'
import type { RowScroll } from './use-row-scroll.ts'
import type { Rows } from './use-rows.ts'

interface ActiveRowParts {
  /** What has the focus while keys act on rows. */
  readonly box: RefObject<HTMLElement | null>
  readonly rows: Rows
  readonly scroll: RowScroll
  /** Another one begins at its first row. */
  readonly list: string
  readonly openId: string | null
  readonly onOpen: (id: string, replace?: boolean) => void
}

/** What the page may ask of its table. */
export interface TableHandle {
  readonly focus: () => void
  /** Goes on by so many rows; in a range, those in between are chosen too. */
  readonly step: (rows: number, isRange: boolean) => void
  /** Chooses the row, or with `isRange` all from the one that was chosen last. */
  readonly toggle: (isRange: boolean) => void
}

/** The row that keys act on, and what keys and clicks do with rows: go to one, open it, choose it, or choose a range. */
export function useActiveRow({ box, rows, scroll, list, openId, onOpen }: ActiveRowParts) {
  const [active, setActive] = useState(0)
  const [shownList, setShownList] = useState(list)
  if (list !== shownList) {
    setShownList(list)
    setActive(0)
  }
  const choosing = useChoosing(rows, list)

  const goTo = (index: number, isRange = false) => {
    const next = Math.min(Math.max(0, rows.count - 1), Math.max(0, index))
    setActive(next)
    scroll.show(next)
    if (isRange) choosing.extend(active, next)
    const id = rows.rowAt(next)?.id
    if (openId !== null && id !== undefined && !isRange) onOpen(id, true)
  }
  const open = (index: number) => {
    const id = rows.rowAt(index)?.id
    if (id !== undefined) onOpen(id)
  }
  const choose = (isRange: boolean) => {
    if (isRange) choosing.extendTo(active)
    else choosing.toggle(active)
  }
  const handle: TableHandle = {
    focus: () => box.current?.focus({ preventScroll: true }),
    step: (by, isRange) => {
      const isFirst = document.activeElement !== box.current && active === 0 && by > 0 && openId === null
      box.current?.focus({ preventScroll: true })
      goTo(isFirst ? 0 : active + by, isRange && !isFirst)
    },
    toggle: choose,
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current || event.ctrlKey || event.metaKey || event.altKey) return
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + scroll.rowsPerView(),
      PageUp: active - scroll.rowsPerView(),
      Home: 0,
      End: rows.count - 1,
    }
    const next = steps[event.key]
    if (next !== undefined) goTo(next, event.shiftKey)
    else if (event.key === 'Enter') open(active)
    else if (event.key === ' ') choose(event.shiftKey)
    else return
    event.preventDefault()
  }
  // One listener for all rows, so that rows need none of their own and are drawn anew only when they change.
  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-row]')
    if (row === null) return
    const index = Number(row.dataset['row'])
    const from = active
    setActive(index)
    if (target.closest('[data-choose]') !== null) {
      if (event.shiftKey) choosing.extend(from, index)
      else choosing.toggle(index)
      return
    }
    const isRead = rows.rowAt(index) !== undefined
    if (!isRead || event.ctrlKey || event.metaKey || event.button !== 0) return
    event.preventDefault()
    if (event.shiftKey) choosing.extend(from, index)
    else open(index)
  }
  return { active, setActive, handle, onKeyDown, onClick }
}
