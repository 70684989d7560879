import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { laidOutPx, offsetShowing, placeAt, rowsSeen, scrolled, type Geometry, type ScrollPlace } from './row-scroll.ts'

/** Rows drawn beyond what is seen, so that a slow frame shows rows rather than nothing. */
const SPARE_ROWS = 6
/** How long the scroll bar rests before it is put where it belongs. */
const REST_MS = 160

interface Drawn {
  readonly first: number
  readonly last: number
  /** Where the first drawn row lies in the layout. */
  readonly startPx: number
  /** The first row that is seen. */
  readonly seen: number
}

/** The rows to be drawn, where they lie, and the ways to scroll. */
export interface RowScroll extends Drawn {
  readonly heightPx: number
  readonly onScroll: () => void
  readonly show: (row: number) => void
  /** Puts a row at the top, and moves no further than needed to show one below it as a whole. */
  readonly open: (row: number, active: number) => void
  /** Rows that fit on one screen. */
  readonly rowsPerView: number
}

/** Which rows of a long list are to be drawn, and where. `headPx` of the box are covered by what sticks to its top; `opening` is the row to begin at. */
export function useRowScroll(
  box: RefObject<HTMLElement | null>,
  rows: number,
  rowPx: number,
  headPx: number,
  opening: number,
): RowScroll {
  const [viewPx, setViewPx] = useState(600)
  const place = useRef<ScrollPlace>({ offset: opening * rowPx, top: 0 })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [drawn, setDrawn] = useState<Drawn>({ first: opening, last: opening, startPx: 0, seen: opening })
  const geometry: Geometry = { rows, rowPx, viewPx }
  const latest = useRef(geometry)

  const draw = useCallback(() => {
    const now = latest.current
    const [seenFirst, seenLast] = rowsSeen(place.current, now)
    const first = Math.max(0, seenFirst - SPARE_ROWS)
    const last = Math.min(now.rows - 1, seenLast + SPARE_ROWS)
    const startPx = first * now.rowPx - (place.current.offset - place.current.top)
    setDrawn((before) =>
      before.first === first &&
      before.last === last &&
      before.seen === seenFirst &&
      Math.abs(before.startPx - startPx) < 0.5
        ? before
        : { first, last, startPx, seen: seenFirst },
    )
  }, [])

  const move = useCallback(
    (offset: number) => {
      place.current = placeAt(offset, latest.current)
      // The layout first, so that the new place exists, then the scroll bar.
      draw()
      if (box.current !== null) {
        box.current.scrollTo({ top: place.current.top, behavior: 'instant' })
        // Browsers round what they are told.
        place.current = { ...place.current, top: box.current.scrollTop }
      }
      draw()
    },
    [box, draw],
  )

  const onScroll = useCallback(() => {
    const top = box.current?.scrollTop ?? 0
    if (top === place.current.top) return
    place.current = scrolled(place.current, top, latest.current)
    draw()
    clearTimeout(timer.current)
    if (latest.current.rows * latest.current.rowPx > laidOutPx(latest.current)) {
      timer.current = setTimeout(() => move(place.current.offset), REST_MS)
    }
  }, [box, draw, move])

  useLayoutEffect(() => {
    latest.current = { rows, rowPx, viewPx }
    const { offset } = place.current
    // Nothing is read yet, or there is nobody.
    if (rows === 0) return
    // A list that got shorter ends earlier; one that got longer keeps its place, and the scroll bar follows.
    move(offset)
  }, [rows, rowPx, viewPx, move])

  useEffect(() => {
    if (box.current === null) return undefined
    const watch = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setViewPx(Math.max(rowPx, entry.contentRect.height - headPx))
    })
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      clearTimeout(timer.current)
    }
  }, [box, rowPx, headPx])

  const show = useCallback(
    (row: number) => {
      const { offset } = place.current
      const next = offsetShowing(row, offset, latest.current)
      if (next !== offset) move(next)
    },
    [move],
  )
  const open = useCallback(
    (row: number, active: number) => {
      // At the first sight of it nothing has been measured.
      const heightPx = (box.current?.clientHeight ?? 0) - headPx
      latest.current = { ...latest.current, viewPx: Math.max(rowPx, heightPx) }
      move(row * rowPx)
      const [first, last] = rowsSeen(place.current, latest.current)
      if (active >= first && active <= last) show(active)
    },
    [box, rowPx, headPx, move, show],
  )

  return {
    ...drawn,
    last: Math.min(drawn.last, rows - 1),
    heightPx: laidOutPx(geometry),
    onScroll,
    show,
    open,
    rowsPerView: Math.max(1, Math.floor(viewPx / rowPx)),
  }
}
