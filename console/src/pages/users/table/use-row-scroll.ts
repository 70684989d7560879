import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useState, type RefObject } from 'react'
import { laidOutRows } from './row-scroll.ts'
import { openStretch, type RowVirtualizer, type Stretch } from './stretch.ts'

const ROW_PX = 40
/** How much of the box is covered by what sticks to its top. */
const HEAD_PX = 36
/** Rows drawn beyond what is seen, so that a slow frame shows rows rather than nothing. */
const SPARE_ROWS = 6

/** The rows to be drawn, where they lie, and the ways to scroll. */
export interface RowScroll extends Pick<Stretch, 'show' | 'open'> {
  /** The rows to be drawn, from the first to the last, both included. */
  readonly first: number
  readonly last: number
  /** Where the first of them lies in the layout. */
  readonly startPx: number
  readonly heightPx: number
  /** The first row that is seen. */
  readonly seen: number
  /** Rows that fit on one screen. */
  readonly rowsPerView: () => number
}

/** Which rows of a list of any length are to be drawn, and where; `opening` is the row to begin at. */
export function useRowScroll(box: RefObject<HTMLElement | null>, rows: number, opening: number): RowScroll {
  const [base, setBase] = useState(0)
  const [stretch] = useState(() => openStretch(ROW_PX, setBase))
  const virtualizer: RowVirtualizer = useVirtualizer({
    count: laidOutRows({ rows, rowPx: ROW_PX }),
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: SPARE_ROWS,
    initialOffset: opening * ROW_PX,
    observeElementRect: observeBelowHead,
    observeElementOffset: stretch.observeElementOffset,
    scrollToFn: stretch.scrollToFn,
  })
  useLayoutEffect(() => stretch.resize(rows), [stretch, rows])

  const drawn = virtualizer.getVirtualItems()
  const first = drawn[0]?.index ?? opening
  return {
    first: base + first,
    last: base + first + drawn.length - 1,
    startPx: drawn[0]?.start ?? 0,
    heightPx: virtualizer.getTotalSize(),
    seen: base + (virtualizer.range?.startIndex ?? opening),
    rowsPerView: () => Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? 0) / ROW_PX)),
    show: stretch.show,
    open: stretch.open,
  }
}

const observeBelowHead: RowVirtualizer['options']['observeElementRect'] = (virtualizer, onRect) =>
  observeElementRect(virtualizer, ({ width, height }) => onRect({ width, height: Math.max(ROW_PX, height - HEAD_PX) }))
