import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deviceName } from '../../console/src/pages/account/device-name.ts'
import { lastDays, lineId, perDay, ranking, totals } from '../../console/src/pages/activity/activity-sums.ts'
import { expiresAt } from '../../console/src/pages/tokens/expiry.ts'
import { tokensShown, tokenState } from '../../console/src/pages/tokens/token-state.ts'
import { secondsInWords } from '../../console/src/shell/seconds.ts'
import { strengthOf } from '../../console/src/widgets/password-strength.ts'

const NOW_MS = Date.UTC(2026, 10, 22, 12)
type Token = Parameters<typeof tokensShown>[0][number]

function token(id: string, members: Partial<Token> = {}): Token {
  return {
    id,
    name: id,
    use: 'bearer',
    userId: 'ada',
    permissions: ['users:read'],
    scope: 'all',
    createdAt: '2026-11-01T00:00:00.000Z',
    createdBy: null,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    ...members,
  }
}

describe('the state of a token', () => {
  it('is active until it ends, and revoked for good', () => {
    const end = new Date(NOW_MS).toISOString()
    assert.equal(tokenState(token('a'), NOW_MS), 'active')
    assert.equal(tokenState(token('a', { expiresAt: end }), NOW_MS - 1), 'active')
    assert.equal(tokenState(token('a', { expiresAt: end }), NOW_MS), 'expired')
    assert.equal(tokenState(token('a', { expiresAt: end, revokedAt: end }), NOW_MS + 1), 'revoked')
  })

  it('filters the list, with the words of names and users, the newest first', () => {
    const tokens = [
      token('old export'),
      token('new export', { createdAt: '2026-11-20T00:00:00.000Z' }),
      token('gone export', { revokedAt: '2026-11-21T00:00:00.000Z' }),
      token('other', { userId: 'grace' }),
    ]
    const shown = (state: 'active' | null, words: readonly string[]) =>
      tokensShown(tokens, { state, words, nowMs: NOW_MS }, (id) => `Name of ${id}`).map(({ id }) => id)
    assert.deepEqual(shown('active', ['export']), ['new export', 'old export'])
    assert.deepEqual(shown(null, ['grace']), ['other'])
    assert.deepEqual(shown(null, ['export', 'ada', 'gone']), ['gone export'])
  })
})

describe('the end of a new token', () => {
  it('is so many days away, never, or after the day that is given', () => {
    assert.equal(expiresAt('30', '', NOW_MS), '2026-12-22T12:00:00.000Z')
    assert.equal(expiresAt('never', '', NOW_MS), null)
    assert.equal(expiresAt('date', '', NOW_MS), undefined)
    assert.equal(expiresAt('date', 'soon', NOW_MS), undefined)
    assert.equal(expiresAt('date', '2027-01-31', NOW_MS), new Date(2027, 1, 1).toISOString())
  })
})

describe('a browser’s name', () => {
  const names = {
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': 'Firefox on Linux',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0':
      'Edge on Windows',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15':
      'Safari on macOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile Safari/604.1':
      'Chrome on iOS',
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36':
      'Chrome on Android',
    'curl/8.5.0': 'curl/8.5.0',
  }
  for (const [userAgent, name] of Object.entries(names)) {
    it(`is ${name}`, () => {
      assert.equal(deviceName(userAgent), name)
    })
  }

  it('is not made up where nothing is known', () => {
    assert.equal(deviceName(null), 'Unknown browser')
    assert.equal(deviceName(' '), 'Unknown browser')
  })
})

describe('the sums of activity', () => {
  const activity = {
    days: ['2026-11-21', '2026-11-22'],
    tokens: [
      { id: 'a', name: 'A', use: 'bearer', userId: 'u', sessions: null, requests: [1, 2], limited: [0, 1] },
      { id: 'b', name: 'B', use: 'session', userId: 'u', sessions: null, requests: [9, 0], limited: [0, 0] },
      { id: 'c', name: 'C', use: 'bearer', userId: 'u', sessions: null, requests: [0, 0], limited: [0, 0] },
    ],
    policies: [],
    revision: 1,
  } as const

  it('are those of all tokens, or of one', () => {
    assert.deepEqual(perDay(activity, null), { requests: [10, 2], limited: [0, 1] })
    assert.deepEqual(perDay(activity, 'a'), { requests: [1, 2], limited: [0, 1] })
  })

  it('are those of the sessions of one user where these are together', () => {
    const sessions = { id: null, name: 'browser sessions', use: 'session', sessions: 2, limited: [0, 0] } as const
    const tokens = [
      { ...sessions, userId: 'u', requests: [1, 0] },
      { ...sessions, userId: 'v', requests: [0, 5] },
    ]
    const [first, second] = tokens.map(lineId)
    assert.notEqual(first, second)
    assert.deepEqual(perDay({ ...activity, tokens }, second ?? ''), { requests: [0, 5], limited: [0, 0] })
  })

  it('put the busiest token first and leave out who asked nothing', () => {
    assert.deepEqual(
      ranking(activity).map(({ token: { id }, requests, limited, share }) => [id, requests, limited, share]),
      [
        ['b', 9, 0, 0.75],
        ['a', 3, 1, 0.25],
      ],
    )
  })

  it('name the busiest day, and none where nothing was asked', () => {
    const busiest = totals(activity.days, perDay(activity, null))
    assert.deepEqual(busiest, { requests: 12, limited: 1, busiest: { day: '2026-11-21', requests: 10 } })
    assert.equal(totals(activity.days, perDay(activity, 'c')).busiest, null)
  })

  it('go over whole UTC days, today included', () => {
    assert.deepEqual(lastDays(7, NOW_MS), { from: '2026-11-16', to: '2026-11-22' })
    assert.deepEqual(lastDays(1, NOW_MS), { from: '2026-11-22', to: '2026-11-22' })
  })
})

describe('how hard a password is to guess', () => {
  it('grows with its length and what it is made of', () => {
    const steps = ['', 'abc', 'tr0ub4dor', 'correct horse', 'correct horse battery staple'].map((one) =>
      strengthOf(one),
    )
    assert.deepEqual(steps, steps.toSorted())
    assert.equal(steps[0], 0)
    assert.equal(steps.at(-1), 4)
  })

  it('is little for what everybody tries first, for repetitions and for one’s own name', () => {
    for (const password of ['password1', 'qwerty12', 'aaaaaaaaaaaaaaaa', '1234567890']) {
      assert.ok(strengthOf(password) <= 1, password)
    }
    assert.ok(strengthOf('lovelace2026', ['Lovelace']) < strengthOf('lovelace2026'))
  })
})

describe('seconds in words', () => {
  it('are minutes and seconds, in the right number', () => {
    assert.equal(secondsInWords(1), '1 second')
    assert.equal(secondsInWords(61), '1 minute 1 second')
    assert.equal(secondsInWords(120), '2 minutes')
    assert.equal(secondsInWords(0), '0 seconds')
  })
})
