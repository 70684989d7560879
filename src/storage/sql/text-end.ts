/**
 * The first text, by code point, after all that begin with this one; null when there is none. `[start, textEnd(start))`
 * is the range of everything that begins with `start`.
 */
export function textEnd(start: string): string | null {
  const points = Array.from(start)
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const point = last.codePointAt(0) ?? 0
    if (point === 0x10ffff) continue
    // No text has a surrogate by itself.
    return points.join('') + String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1)
  }
  return null
}
