import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Principal } from '../core/principal.ts'
import type { Dialect, RateLimit } from '../dialects/dialect.ts'
import { countRequest, rateLimits, stranger, tooMany, untouched, type RoutePolicies } from './rate-limits.ts'

const NOW = Date.UTC(2026, 0, 1)

const dialectWith = (vendorLimits: readonly RateLimit[]): Dialect => ({
  name: 'tiny',
  title: 'Tiny',
  routes: [],
  owns: () => false,
  renderError: () => ({ status: 500, body: null }),
  vendorLimits,
})

const caller = (tokenId: string, userId = 'u', customerId = 1): Principal => ({
  tokenId,
  userId,
  customerId,
  permissions: new Set(),
  scope: 'all',
  expiresAt: null,
})

function policiesOf(limits: readonly RateLimit[], operation = 'list', requestsPerMinute = 100): RoutePolicies {
  const profile = limits.length === 0 ? 'default' : 'vendor'
  const policies = rateLimits({ profile, requestsPerMinute, failuresPerMinute: 0 })(dialectWith(limits))(operation)
  assert.ok(policies)
  return policies
}

describe('the default limit', () => {
  it('is one policy per token, in the headers of the RateLimit draft', async () => {
    const policies = policiesOf([], 'list', 3)
    assert.equal(policies.header, '"default";q=3;w=60')
    const { header, state, refusal } = await countRequest(policies, caller('a'), NOW)
    assert.equal(header, '"default";r=2;t=60')
    assert.deepEqual(state, { limit: 3, remaining: 2, resetS: 60, nowS: NOW / 1000 })
    assert.equal(refusal, null)
  })

  it('is counted over all dialects together', async () => {
    const limits = rateLimits({ profile: 'default', requestsPerMinute: 2, failuresPerMinute: 0 })
    const [one, other] = [limits(dialectWith([]))('list'), limits(dialectWith([]))('list')]
    assert.ok(one && other)
    await countRequest(one, caller('a'), NOW)
    assert.equal((await countRequest(other, caller('a'), NOW)).state.remaining, 0)
    assert.notEqual((await countRequest(one, caller('a'), NOW)).refusal, null)
  })

  it('counts strangers by their addresses', async () => {
    const policies = policiesOf([], 'token', 1)
    const refused = async (address: string) => (await countRequest(policies, stranger(address), NOW)).refusal !== null
    assert.deepEqual([await refused('::1'), await refused('::2'), await refused('::1')], [false, false, true])
  })

  it('refuses exactly the requests beyond it, however many come at once', async () => {
    const policies = policiesOf([], 'list', 100)
    const verdicts = await Promise.all(
      Array.from({ length: 150 }, async () => countRequest(policies, caller('a'), NOW)),
    )
    assert.equal(verdicts.filter(({ refusal }) => refusal !== null).length, 50)
    assert.equal((await countRequest(policies, caller('b'), NOW)).refusal, null)
  })

  it('refuses with a time to wait that is never shorter than the one in the headers', async () => {
    const policies = policiesOf([], 'list', 1)
    await countRequest(policies, caller('a'), NOW)
    const { header, refusal } = await countRequest(policies, caller('a'), NOW)
    const [, t] = /^"default";r=0;t=(\d+)$/.exec(header) ?? []
    assert.equal(refusal?.code, 'too_many_requests')
    assert.ok((refusal.retryAfterS ?? 0) >= Number(t))
  })

  it('is none at zero', () => {
    const settings = { profile: 'default', requestsPerMinute: 0, failuresPerMinute: 0 } as const
    assert.equal(rateLimits(settings)(dialectWith([]))('list'), null)
  })

  it('stands in for dialects without limits of their vendor', () => {
    const settings = { profile: 'vendor', requestsPerMinute: 5, failuresPerMinute: 0 } as const
    assert.equal(rateLimits(settings)(dialectWith([]))('list')?.header, '"default";q=5;w=60')
  })
})

describe('the limits of a vendor', () => {
  const second: RateLimit = { name: 'second', requests: 10, windowS: 1, per: 'token' }

  it('are counted per token, user or organisation', async () => {
    const limits = [
      { ...second, name: 'token', requests: 3 },
      { ...second, name: 'user', requests: 5, per: 'user' },
      { ...second, name: 'organisation', requests: 6, per: 'organisation' },
    ] as const
    const policies = policiesOf(limits)
    const refused = async (who: Principal) => (await countRequest(policies, who, NOW)).refusal !== null
    for (let index = 0; index < 3; index++) assert.equal(await refused(caller('a')), false)
    assert.equal(await refused(caller('a')), true)
    for (let index = 0; index < 2; index++) assert.equal(await refused(caller('b')), false)
    assert.equal(await refused(caller('b')), true)
    assert.equal(await refused(caller('c', 'v')), false)
    assert.equal(await refused(caller('c', 'v')), true)
    assert.equal(await refused(caller('d', 'w', 2)), false)
  })

  it('hold for the operations they name, which share one count', async () => {
    const settings = { profile: 'vendor', requestsPerMinute: 0, failuresPerMinute: 0 } as const
    const of = rateLimits(settings)(dialectWith([{ ...second, requests: 1, operations: ['list', 'search'] }]))
    const [list, search] = [of('list'), of('search')]
    assert.ok(list && search)
    assert.equal(of('get'), null)
    assert.equal((await countRequest(list, caller('a'), NOW)).refusal, null)
    assert.notEqual((await countRequest(search, caller('a'), NOW)).refusal, null)
  })

  it('are all in the headers, and the one closest to being reached is the state', async () => {
    const policies = policiesOf([second, { ...second, name: 'minute', requests: 5, windowS: 60 }])
    assert.equal(policies.header, '"second";q=10;w=1, "minute";q=5;w=60')
    const { header, state } = await countRequest(policies, caller('a'), NOW)
    assert.equal(header, '"second";r=9;t=1, "minute";r=4;t=60')
    assert.equal(state.limit, 5)
    assert.equal(state.remaining, 4)
    assert.equal(untouched(policies, NOW).remaining, 5)
  })

  it('block for as long as the vendor says', async () => {
    const policies = policiesOf([{ ...second, requests: 1, blockS: 180 }])
    await countRequest(policies, caller('a'), NOW)
    const { state, refusal } = await countRequest(policies, caller('a'), NOW)
    assert.equal(state.resetS, 180)
    assert.ok((refusal?.retryAfterS ?? 0) >= 180)
  })
})

describe('tooMany', () => {
  it('spreads those it refuses over a tenth of their wait', () => {
    const waits = Array.from({ length: 500 }, () => tooMany(100).retryAfterS ?? 0)
    assert.ok(Math.min(...waits) >= 100)
    assert.ok(Math.max(...waits) <= 110)
    assert.ok(new Set(waits).size > 5)
  })
})
