import { elementScroll, observeElementOffset, type Virtualizer } from '@tanstack/react-virtual'
import { flushSync } from 'react-dom'
import { placeAt, scrolled, type Geometry, type ScrollPlace } from './row-scroll.ts'

/** Draws the rows that are laid out, of a list that may be longer. */
export type RowVirtualizer = Virtualizer<HTMLElement, Element>

/** The rows of a list that are laid out: how a virtualizer scrolls them, and how one goes to any row of the list. */
export interface Stretch extends Pick<RowVirtualizer['options'], 'observeElementOffset' | 'scrollToFn'> {
  /** Tells how many rows the list has. It keeps its place, unless it ends before. */
  readonly resize: (rows: number) => void
  /** Brings a row into sight by the shortest way, and leaves one that is seen. */
  readonly show: (row: number) => void
  /** Puts a row at the top, and moves no further than needed to show one below it as a whole. */
  readonly open: (row: number, active: number) => void
}

/** Takes a virtualizer through a list of any length, stretch by stretch; `onBase` is told the row at which the one begins that is laid out. */
export function openStretch(rowPx: number, onBase: (row: number) => void): Stretch {
  let virtualizer: RowVirtualizer | undefined
  let tell: Parameters<Stretch['observeElementOffset']>[1] = () => undefined
  let rows = 0
  let base = 0

  const geometry = (): Geometry => ({ rows, rowPx, viewPx: virtualizer?.scrollRect?.height ?? rowPx })
  const top = () => virtualizer?.scrollOffset ?? 0
  const layOut = (row: number) => {
    base = row
    onBase(row)
  }
  const goTo = (place: ScrollPlace) => {
    // At the top already, as after most of what is typed: every word to the scroll bar costs a layout of its own.
    const isThere = place.base === base && place.top === 0 && top() === 0
    if (virtualizer === undefined || isThere) return
    virtualizer.cancelScroll()
    layOut(place.base)
    scrollToFn(place.top, {}, virtualizer)
  }
  /** Puts the scroll bar where it belongs; no row moves. */
  const settle = () => {
    const place = placeAt(base * rowPx + top(), geometry())
    if (place.base !== base) goTo(place)
  }
  const scrollToFn: Stretch['scrollToFn'] = (to, options, instance) => {
    elementScroll(to, options, instance)
    // At once: the event that follows would be taken for a hand's. Where nothing is laid out yet, the place that is wanted stays.
    if (rows > 0) tell(instance.scrollElement?.scrollTop ?? 0, false)
  }
  const show = (row: number) => {
    const count = virtualizer?.options.count ?? 0
    if (row < base) goTo(placeAt(row * rowPx, geometry()))
    else if (row < base + count) virtualizer?.scrollToIndex(row - base)
    else goTo(placeAt((row + 1) * rowPx - geometry().viewPx, geometry()))
  }

  return {
    observeElementOffset(instance, onOffset) {
      virtualizer = instance
      tell = onOffset
      return observeElementOffset(instance, (to, isScrolling) => {
        // Another stretch and its rows are drawn at once, or other rows would be seen for a moment.
        flushSync(() => {
          if (isScrolling) layOut(scrolled({ base, top: top() }, to, geometry()).base)
          onOffset(to, isScrolling)
          if (!isScrolling) settle()
        })
      })
    },
    scrollToFn,
    resize(count) {
      rows = count
      if (rows > 0) settle()
    },
    show,
    open(row, active) {
      goTo(placeAt(row * rowPx, geometry()))
      const { startIndex, endIndex } = virtualizer?.calculateRange() ?? { startIndex: 0, endIndex: -1 }
      if (active !== row && active >= base + startIndex && active <= base + endIndex) show(active)
    },
  }
}
