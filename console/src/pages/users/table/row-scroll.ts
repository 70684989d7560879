/**
 * Where a list of any length is scrolled to. Browsers end elements at some ten million pixels, so a longer list is laid out
 * shorter: `offset` is where one is in the list itself, `top` what the scroll bar says. Small steps move both alike, so
 * that rows follow the wheel; a jump of the scroll bar goes to the same part of the whole.
 */
export interface ScrollPlace {
  readonly offset: number
  readonly top: number
}

/** A list as it is laid out: how long it is, and how much of it is seen. */
export interface Geometry {
  readonly rows: number
  readonly rowPx: number
  /** How much of the list is seen at once. */
  readonly viewPx: number
}

/** The top of any list. */
export const START: ScrollPlace = { offset: 0, top: 0 }

/** How tall an element may be in every browser. */
const HEIGHT_MAX_PX = 8_000_000

/** How tall the list is laid out. */
export function laidOutPx({ rows, rowPx }: Geometry): number {
  return Math.min(rows * rowPx, HEIGHT_MAX_PX)
}

function ends(geometry: Geometry): { readonly offsetMax: number; readonly topMax: number } {
  const { rows, rowPx, viewPx } = geometry
  return {
    offsetMax: Math.max(0, rows * rowPx - viewPx),
    topMax: Math.max(0, laidOutPx(geometry) - viewPx),
  }
}

function clamped(value: number, max: number): number {
  return Math.min(max, Math.max(0, value))
}

// The least a hand moves the scroll bar by, a pixel of its track, is a jump; no wheel turns as far at once.
function jumpPx(geometry: Geometry): number {
  return Math.max(geometry.viewPx, laidOutPx(geometry) / geometry.viewPx / 2)
}

/** Where one is after the scroll bar moved. */
export function scrolled(place: ScrollPlace, top: number, geometry: Geometry): ScrollPlace {
  const { offsetMax, topMax } = ends(geometry)
  if (top <= 0) return START
  if (top >= topMax) return { offset: offsetMax, top }
  const step = top - place.top
  if (Math.abs(step) > jumpPx(geometry)) return { offset: (top / topMax) * offsetMax, top }
  return { offset: clamped(place.offset + step, offsetMax), top }
}

/** The place that shows an offset, with the scroll bar where it belongs. */
export function placeAt(offset: number, geometry: Geometry): ScrollPlace {
  const { offsetMax, topMax } = ends(geometry)
  const kept = clamped(offset, offsetMax)
  return { offset: kept, top: offsetMax === 0 ? 0 : (kept / offsetMax) * topMax }
}

/** The nearest offset at which a row is seen as a whole. */
export function offsetShowing(row: number, offset: number, { rowPx, viewPx }: Geometry): number {
  const start = row * rowPx
  if (start < offset) return start
  return start + rowPx > offset + viewPx ? start + rowPx - viewPx : offset
}

/** The rows that are seen, from the first to the last, both included. */
export function rowsSeen({ offset }: ScrollPlace, { rows, rowPx, viewPx }: Geometry): readonly [number, number] {
  const first = Math.floor(offset / rowPx)
  return [clamped(first, Math.max(0, rows - 1)), clamped(Math.ceil((offset + viewPx) / rowPx) - 1, rows - 1)]
}
