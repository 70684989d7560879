/** A text in a box that the address follows a moment later. */
export interface TypedText {
  readonly text: string
  /** What the address said last. */
  readonly seen: string
  /** What it was told since and has not said yet, oldest first. */
  readonly awaited: readonly string[]
}

/** A box that holds what the address says. */
export function textOf(address: string): TypedText {
  return { text: address, seen: address, awaited: [] }
}

/** What was typed stands there at once, and is told to the address. */
export function typed(box: TypedText, text: string): TypedText {
  return { ...box, text, awaited: [...box.awaited, text] }
}

/**
 * What the address says now. What it was told is no news, and more may have been typed since; anything else came from
 * elsewhere, such as by going back, and is what is meant. The same box where the address says what it said.
 */
export function heard(box: TypedText, address: string): TypedText {
  if (address === box.seen) return box
  const at = box.awaited.indexOf(address)
  return at < 0 ? textOf(address) : { text: box.text, seen: address, awaited: box.awaited.slice(at + 1) }
}
