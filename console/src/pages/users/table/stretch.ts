import { elementScroll, observeElementOffset, type Virtualizer } from '@tanstack/react-virtual'
import { flushSync } from 'react-dom'
import { placeAt, scrolled, type Geometry, type ScrollPlace } from './row-scroll.ts'

/** Draws rows; it knows those that are laid out, of a list that may be longer. */
export type RowVirtualizer = Virtualizer<HTMLElement, Element>

/** The rows of a list that are laid out, where a virtualizer looks for them. */
export interface Stretch extends Pick<RowVirtualizer['options'], 'observeElementOffset' | 'scrollToFn'> {
  /** Tells how many rows the list has. It keeps its place, unless it ends before. */
  readonly resize: (virtualizer: RowVirtualizer, rows: number) => void
  /** Puts a row at the top, and moves no further than needed to show one below it as a whole. */
  readonly open: (virtualizer: RowVirtualizer, row: number, active: number) => void
  /** Brings a row into sight by the shortest way, and leaves one that is seen. */
  readonly show: (virtualizer: RowVirtualizer, row: number) => void
}

/** Lets a virtualizer go through a list of any length, stretch by stretch; `onBase` is told the row at which the one begins that is laid out. */
export function openStretch(rowPx: number, onBase: (row: number) => void): Stretch {
  let rows = 0
  let base = 0
  let tell: Parameters<Stretch['observeElementOffset']>[1] = () => undefined

  const geometry = ({ scrollRect }: RowVirtualizer): Geometry => ({ rows, rowPx, viewPx: scrollRect?.height ?? rowPx })
  const offset = ({ scrollOffset }: RowVirtualizer) => base * rowPx + (scrollOffset ?? 0)
  const layOut = (row: number) => {
    base = row
    onBase(row)
  }
  const goTo = (virtualizer: RowVirtualizer, place: ScrollPlace) => {
    virtualizer.cancelScroll()
    layOut(place.base)
    scrollToFn(place.top, {}, virtualizer)
  }
  const move = (virtualizer: RowVirtualizer, offsetPx: number) =>
    goTo(virtualizer, placeAt(offsetPx, geometry(virtualizer)))
  /** Puts the scroll bar where it belongs. No row moves. */
  const settle = (virtualizer: RowVirtualizer) => {
    const place = placeAt(offset(virtualizer), geometry(virtualizer))
    if (place.base !== base) goTo(virtualizer, place)
  }
  const scrollToFn: Stretch['scrollToFn'] = (top, options, virtualizer) => {
    elementScroll(top, options, virtualizer)
    // At once: the event that follows would be taken for a hand's. Where nothing is laid out yet, the place that is wanted stays.
    if (rows > 0) tell(virtualizer.scrollElement?.scrollTop ?? 0, false)
  }
  const show: Stretch['show'] = (virtualizer, row) => {
    const { count } = virtualizer.options
    if (row < base) move(virtualizer, row * rowPx)
    else if (row >= base + count) move(virtualizer, (row + 1) * rowPx - geometry(virtualizer).viewPx)
    else virtualizer.scrollToIndex(row - base)
  }

  return {
    observeElementOffset(virtualizer, onOffset) {
      tell = onOffset
      return observeElementOffset(virtualizer, (top, isScrolling) => {
        // Another stretch and its rows are drawn at once, or other rows would be seen for a moment.
        flushSync(() => {
          const before = { base, top: virtualizer.scrollOffset ?? 0 }
          if (isScrolling) layOut(scrolled(before, top, geometry(virtualizer)).base)
          onOffset(top, isScrolling)
          if (!isScrolling) settle(virtualizer)
        })
      })
    },
    scrollToFn,
    resize(virtualizer, count) {
      rows = count
      if (rows > 0) move(virtualizer, offset(virtualizer))
    },
    open(virtualizer, row, active) {
      move(virtualizer, row * rowPx)
      const { startIndex, endIndex } = virtualizer.calculateRange() ?? { startIndex: 0, endIndex: -1 }
      if (active >= base + startIndex && active <= base + endIndex) show(virtualizer, active)
    },
    show,
  }
}
