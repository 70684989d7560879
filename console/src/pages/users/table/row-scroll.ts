/**
 * Where a list of any length is scrolled to. Browsers end elements at some ten million pixels, so of a longer list only a stretch
 * of rows is laid out: the one that begins at the row `base`, in which the scroll bar says `top`. Small steps stay within the
 * stretch, so that rows follow the wheel; a jump of the scroll bar goes to the same part of the whole, in another stretch.
 */
export interface ScrollPlace {
  readonly base: number
  readonly top: number
}

/** A list as it is shown. */
export interface Geometry {
  readonly rows: number
  readonly rowPx: number
  /** How much of the list is seen at once. */
  readonly viewPx: number
}

/** The top of any list. */
const START: ScrollPlace = { base: 0, top: 0 }

/** How tall an element may be in every browser. */
const HEIGHT_MAX_PX = 8_000_000

/** How many rows of the list are laid out. */
export function laidOutRows({ rows, rowPx }: Pick<Geometry, 'rows' | 'rowPx'>): number {
  return Math.min(rows, Math.floor(HEIGHT_MAX_PX / rowPx))
}

/** The ends of the stretch and of the scroll bar. */
function ends(geometry: Geometry): { readonly baseMax: number; readonly topMax: number } {
  const { rows, rowPx, viewPx } = geometry
  const laidOut = laidOutRows(geometry)
  return { baseMax: rows - laidOut, topMax: Math.max(0, laidOut * rowPx - viewPx) }
}

// The least a hand moves the scroll bar by, a pixel of its track, is a jump; no wheel turns as far at once.
function jumpPx(geometry: Geometry): number {
  return Math.max(geometry.viewPx, (laidOutRows(geometry) * geometry.rowPx) / geometry.viewPx / 2)
}

/** Where one is after the scroll bar moved. */
export function scrolled(place: ScrollPlace, top: number, geometry: Geometry): ScrollPlace {
  const { baseMax, topMax } = ends(geometry)
  if (top <= 0) return START
  if (top >= topMax) return { base: baseMax, top }
  const isJump = Math.abs(top - place.top) > jumpPx(geometry)
  return { base: isJump ? Math.round((top / topMax) * baseMax) : place.base, top }
}

/** The place at so many pixels from the first row, or at the nearest end, with the scroll bar where it belongs. */
export function placeAt(offsetPx: number, geometry: Geometry): ScrollPlace {
  const { baseMax, topMax } = ends(geometry)
  const offsetMax = baseMax * geometry.rowPx + topMax
  const offset = Math.min(offsetMax, Math.max(0, offsetPx))
  if (offset === 0) return START
  const base = (offset / offsetMax) * baseMax
  // Towards the nearer end, so that the scroll bar is at an end only where the list is.
  const whole = offset < offsetMax / 2 ? Math.floor(base) : Math.ceil(base)
  return { base: whole, top: offset - whole * geometry.rowPx }
}
