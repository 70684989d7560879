const YEAR_0 = Date.parse('0000-01-01T00:00:00.000Z')
const YEAR_9999_END = Date.parse('9999-12-31T23:59:59.999Z')

/** Milliseconds since 1970 of an instant. */
export function instantMs(text: string): number {
  return Date.parse(text)
}

/** The instant of milliseconds since 1970. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString()
}

/** Whether a text is an instant as users have them. */
export function isInstant(text: string): boolean {
  const ms = Date.parse(text)
  return ms >= YEAR_0 && ms <= YEAR_9999_END && instantText(ms) === text
}

/**
 * The first instant, in milliseconds, whose text is this text or comes after it; null when there is none. With it any
 * text can stand in a comparison with instants.
 */
export function instantFrom(text: string): number | null {
  if (isInstant(text)) return instantMs(text)
  if (instantText(YEAR_9999_END) < text) return null
  let low = YEAR_0
  let high = YEAR_9999_END
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (instantText(middle) < text) low = middle + 1
    else high = middle
  }
  return low
}
