import type { Position } from '../../core/query.ts'
import type { Reading } from './reader.ts'

/** Places remembered in one order. */
const PLACES_MAX = 256

/** A place in an order after so many of its users; null before all of them. */
export interface Place {
  readonly position: Position | null
  readonly users: number
}

/** The nearest known place in an order that has at most so many users before it; undefined where none is known. */
export function placeBefore({ reader, heading }: Reading, key: string, users: number): Place | undefined {
  const known = reader.landmarks.get(key)
  if (known?.revision !== heading.revision) return undefined
  let best: Place | undefined
  for (const [before, position] of known.places) {
    if (before <= users && before > (best?.users ?? 0)) best = { position, users: before }
  }
  return best
}

/** Remembers that so many users stand at or before a position, until the next commit. */
export function rememberPlace({ reader, heading }: Reading, key: string, users: number, position: Position): void {
  const { revision } = heading
  const known = reader.landmarks.get(key)
  const places =
    known?.revision === revision && known.places.size < PLACES_MAX ? known.places : new Map<number, Position>()
  places.set(users, position)
  reader.landmarks.set(key, { revision, places })
}
