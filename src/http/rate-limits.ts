import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DirectoryError } from '../core/error.ts'
import type { Principal } from '../core/principal.ts'
import type { Dialect, PolicyInForce, RateLimit, RateLimitState } from '../dialects/dialect.ts'
import type { RateLimitSettings } from './settings.ts'
import type { Limiter } from './shared-counts.ts'
import type { SharedLimits } from './shared-limits.ts'

/** What a route is limited by; it is counted against all of them. */
export interface RoutePolicies {
  readonly policies: readonly Policy[]
  /** The `RateLimit-Policy` header. */
  readonly header: string
}

interface Policy extends RateLimit {
  readonly limiter: Limiter
}

/** What is left to the caller after a request, and the refusal if that was one too many. */
export interface Verdict {
  readonly state: RateLimitState
  /** The `RateLimit` header. */
  readonly header: string
  readonly refusal: DirectoryError | null
}

/**
 * The policies of a dialect's operations. Operations of one dialect that share a policy share its count; the default
 * policy is one for all dialects. Counted in this process, unless nodes share their limits.
 */
export function rateLimits(
  settings: RateLimitSettings,
  nodes: SharedLimits | null = null,
): (dialect: Dialect) => (operation: string) => RoutePolicies | null {
  const common = defaultLimits(settings).map((limit) => openPolicy(limit, 'all', nodes))
  return ({ name, vendorLimits, ownLimits = [] }) => {
    const isVendor = settings.profile === 'vendor' && vendorLimits.length > 0
    const usual = isVendor ? vendorLimits.map((limit) => openPolicy(limit, name, nodes)) : common
    const besides = isOff(settings) ? [] : ownLimits.map((limit) => openPolicy(limit, name, nodes))
    const policies = [...usual, ...besides]
    return (operation) => {
      const own = policies.filter(({ operations }) => operations === undefined || operations.includes(operation))
      if (own.length === 0) return null
      return {
        policies: own,
        header: own.map(({ name, requests, windowS }) => `"${name}";q=${requests};w=${windowS}`).join(', '),
      }
    }
  }
}

/** The rate limits that hold for these dialects; `all` stands for every dialect that has none of its own. */
export function policiesInForce(settings: RateLimitSettings, dialects: readonly Dialect[]): readonly PolicyInForce[] {
  const shown = (dialect: string, limits: readonly RateLimit[]) =>
    limits.map(({ name, requests, windowS, per }) => ({ dialect, name, requests, windowS, per }))
  const own =
    settings.profile === 'vendor' ? dialects.flatMap(({ name, vendorLimits }) => shown(name, vendorLimits)) : []
  const besides = isOff(settings) ? [] : dialects.flatMap(({ name, ownLimits = [] }) => shown(name, ownLimits))
  return [...shown('all', defaultLimits(settings)), ...own, ...besides]
}

function isOff({ requestsPerMinute }: RateLimitSettings): boolean {
  return requestsPerMinute === 0
}

function defaultLimits({ requestsPerMinute }: RateLimitSettings): readonly RateLimit[] {
  return requestsPerMinute === 0 ? [] : [{ name: 'default', requests: requestsPerMinute, windowS: 60, per: 'token' }]
}

function openPolicy(limit: RateLimit, owner: string, nodes: SharedLimits | null): Policy {
  const options = {
    keyPrefix: `rollcall:${owner}:${limit.name}`,
    points: limit.requests,
    duration: limit.windowS,
    ...(limit.blockS === undefined ? {} : { blockDuration: limit.blockS }),
  }
  return { ...limit, limiter: nodes?.limiter(options) ?? new RateLimiterMemory(options) }
}

/** Counts a request of a caller against the policies of its route; at once where it is far below all of them. */
export function countRequest(route: RoutePolicies, counted: Counted, nowMs: number): Verdict | Promise<Verdict> {
  const left: Left[] = []
  for (const policy of route.policies) {
    const ahead = policy.limiter.consumeAhead?.(keyOf(policy, counted))
    if (!ahead) return countRest(route, left, counted, nowMs)
    left.push(within(policy, ahead))
  }
  return verdict(left, nowMs)
}

async function countRest(route: RoutePolicies, left: Left[], counted: Counted, nowMs: number): Promise<Verdict> {
  for (const policy of route.policies.slice(left.length)) {
    const one = await take(policy, counted)
    left.push(one)
    if (one.refused) break
  }
  return verdict(left, nowMs)
}

/** What is left to a caller, without counting: for what no route answers. */
export async function lookUp(route: RoutePolicies, counted: Counted, nowMs: number): Promise<Verdict> {
  const left: Left[] = []
  for (const policy of route.policies) {
    const found = await policy.limiter.get(keyOf(policy, counted))
    const { remainingPoints: remaining, msBeforeNext } = found ?? {
      remainingPoints: policy.requests,
      msBeforeNext: policy.windowS * 1000,
    }
    left.push({ policy, remaining, resetS: Math.ceil(msBeforeNext / 1000), refused: false })
  }
  return verdict(left, nowMs)
}

/** What a caller who is not known yet would start with, for dialects whose every answer tells. */
export function untouched(route: RoutePolicies, nowMs: number): RateLimitState {
  const [first] = [...route.policies].sort((a, b) => a.requests - b.requests)
  const { requests = 0, windowS = 0 } = first ?? {}
  return { limit: requests, remaining: requests, resetS: windowS, nowS: Math.floor(nowMs / 1000) }
}

interface Left {
  readonly policy: Policy
  readonly remaining: number
  readonly resetS: number
  readonly refused: boolean
}

async function take(policy: Policy, counted: Counted): Promise<Left> {
  try {
    const key = keyOf(policy, counted)
    return within(policy, policy.limiter.consumeAhead?.(key) ?? (await policy.limiter.consume(key)))
  } catch (over) {
    if (!(over instanceof RateLimiterRes)) throw over
    return { policy, remaining: 0, resetS: Math.max(1, Math.ceil(over.msBeforeNext / 1000)), refused: true }
  }
}

function within(policy: Policy, { remainingPoints, msBeforeNext }: RateLimiterRes): Left {
  return { policy, remaining: remainingPoints, resetS: Math.ceil(msBeforeNext / 1000), refused: false }
}

// Whoever may open a session may open many: they count as what they were made from.
function keyOf({ per }: Policy, { tokenId, parentId = tokenId, userId, customerId }: Counted): string {
  if (per === 'token') return parentId
  return per === 'user' ? (userId ?? tokenId) : String(customerId)
}

/** Whom a request is counted against. */
export type Counted = Pick<Principal, 'tokenId' | 'parentId' | 'userId'> & { readonly customerId: number | string }

/** A caller without a token, counted by its address. */
export function stranger(remoteAddress: string): Counted {
  const address = `address ${remoteAddress}`
  return { tokenId: address, userId: null, customerId: address }
}

function verdict(left: readonly Left[], nowMs: number): Verdict {
  let closest = left[0]
  let header = ''
  for (const one of left) {
    if (closest === undefined || one.remaining < closest.remaining || one.refused) closest = one
    header += `${header === '' ? '' : ', '}"${one.policy.name}";r=${one.remaining};t=${one.resetS}`
  }
  const { policy, remaining = 0, resetS = 0, refused = false } = closest ?? {}
  const state = { limit: policy?.requests ?? 0, remaining, resetS, nowS: Math.floor(nowMs / 1000) }
  return { state, header, refusal: refused ? tooMany(resetS) : null }
}

/** A refusal until `resetS` from now, and a little later: callers refused together should not come back together. */
export function tooMany(resetS: number): DirectoryError {
  const retryAfterS = resetS + Math.floor(Math.random() * (1 + resetS / 10))
  return new DirectoryError('too_many_requests', `Too many requests. Try again in ${retryAfterS} seconds.`, {
    retryAfterS,
  })
}
