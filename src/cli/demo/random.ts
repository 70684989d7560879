/** A sequence of numbers that looks random and is the same for the same seed, on every machine. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  readonly next: () => number
  /** Whether something of this probability happens. */
  readonly chance: (probability: number) => boolean
  readonly integer: (min: number, max: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  /** Like `pick`, but the first ones come up far more often than the last, as names do. */
  readonly skewed: <T>(from: readonly T[]) => T
  /** Picks by weight. */
  readonly weighted: <T>(from: readonly (readonly [weight: number, value: T])[]) => T
}

/** A generator for a seed. */
export function random(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  // Mulberry32: small, fast, and good enough for data that only has to look various.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const at = <T>(from: readonly T[], place: number): T => {
    const found = from[Math.floor(place * from.length)]
    if (found === undefined) throw new Error('Nothing to pick from.')
    return found
  }
  return {
    next,
    chance: (probability) => next() < probability,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick: (from) => at(from, next()),
    skewed: (from) => at(from, next() ** 2),
    weighted(from) {
      let left = next() * from.reduce((sum, [weight]) => sum + weight, 0)
      const [, last] = at(from, 0.999_999)
      for (const [weight, value] of from) {
        left -= weight
        if (left < 0) return value
      }
      return last
    },
  }
}

/** A UUID of version 7 (RFC 9562 §5.7) for a moment, its random part from the sequence. */
export function uuidAt(unixMs: number, { integer }: Random): string {
  const time = unixMs.toString(16).padStart(12, '0')
  const hex = (digits: number) =>
    integer(0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0')
  const variant = (0x8000 + integer(0, 0x3fff)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}-${hex(6)}${hex(6)}`
}
