/** What is left of one rate limit. */
export interface RateLimitLeft {
  readonly name: string
  readonly limit: number
  readonly remaining: number
  /** Seconds until it is whole again. */
  readonly resetS: number
}

const ITEM = /"([^"]*)"((?:;\s*\w+=\d+)*)/g

/**
 * The rate limits in the headers of an answer (RateLimit and RateLimit-Policy, draft-ietf-httpapi-ratelimit-headers), those in
 * the way of some vendors (X-RateLimit-…, the reset as Unix seconds) where there are no others.
 */
export function rateLimitsOf(header: (name: string) => string | null, nowMs: number): readonly RateLimitLeft[] {
  const policies = new Map(itemsOf(header('RateLimit-Policy')))
  const states = itemsOf(header('RateLimit'))
  const standard = states.flatMap(([name, { r, t }]) => {
    const limit = policies.get(name)?.['q']
    return r === undefined || limit === undefined ? [] : [{ name, limit, remaining: r, resetS: t ?? 0 }]
  })
  if (standard.length > 0) return standard
  const [limit, remaining, reset] = ['Limit', 'Remaining', 'Reset'].map((name) => header(`X-RateLimit-${name}`))
  if (limit == null || remaining == null) return []
  const resetS = reset == null ? 0 : Math.max(0, Math.ceil(Number(reset) - nowMs / 1000))
  return [{ name: 'default', limit: Number(limit), remaining: Number(remaining), resetS }]
}

function itemsOf(value: string | null): readonly (readonly [string, Readonly<Partial<Record<string, number>>>])[] {
  return [...(value ?? '').matchAll(ITEM)].map(([, name = '', parameters = '']) => {
    const pairs = [...parameters.matchAll(/(\w+)=(\d+)/g)].map(([, key = '', digits = '']) => [key, Number(digits)])
    return [name, Object.fromEntries(pairs) as Readonly<Partial<Record<string, number>>>]
  })
}

/** Seconds to wait as `Retry-After` says them, also where it names a time; null where it says nothing. */
export function retryAfterS(value: string | null, nowMs: number): number | null {
  if (value === null) return null
  if (/^\d+$/.test(value)) return Number(value)
  const atMs = Date.parse(value)
  return Number.isNaN(atMs) ? null : Math.max(0, Math.ceil((atMs - nowMs) / 1000))
}
