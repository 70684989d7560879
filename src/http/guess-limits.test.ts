import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { DirectoryError } from '../core/error.ts'
import { guessLimits } from './guess-limits.ts'

const wrong = () => Promise.reject(new DirectoryError('unauthenticated', 'Wrong.'))
const right = () => Promise.resolve('in')

/** How many of so many wrong guesses were let through. */
async function letThrough(times: number, guess: (n: number) => Promise<unknown>): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: times }, (_, n) => guess(n)))
  return results.filter(({ status, ...rest }) => {
    assert.equal(status, 'rejected')
    const { reason } = rest as { readonly reason: DirectoryError }
    return reason.code === 'unauthenticated'
  }).length
}

describe('guesses of one password', () => {
  it('are limited by name and address', async () => {
    const limits = guessLimits(randomBytes(32))
    const from = (remoteAddress: string, name = 'ada') => ({ name, remoteAddress })
    assert.equal(await letThrough(15, () => limits.guess(from('::1'), wrong)), 10)
    await assert.rejects(limits.guess(from('::1'), right), { code: 'too_many_requests' })
    assert.equal(await limits.guess(from('::2'), right), 'in')
    assert.equal(await limits.guess(from('::1', 'ben'), right), 'in')
  })

  it('are limited by name, however many addresses they come from', async () => {
    const limits = guessLimits(randomBytes(32))
    const from = (n: number) => ({ name: 'ada', remoteAddress: `10.0.0.${n}` })
    assert.equal(await letThrough(80, (n) => limits.guess(from(n), wrong)), 50)
    await assert.rejects(limits.guess(from(99), right), { code: 'too_many_requests' })
  })

  it('shut nobody out who is right many times at once', async () => {
    const limits = guessLimits(randomBytes(32))
    const whose = { name: 'ada', remoteAddress: '::1' }
    const answers = await Promise.allSettled(Array.from({ length: 30 }, () => limits.guess(whose, right)))
    assert.ok(answers.some(({ status }) => status === 'rejected'))
    assert.equal(await limits.guess(whose, right), 'in')
  })

  it('count only when they are wrong', async () => {
    const limits = guessLimits(randomBytes(32))
    const whose = { name: 'ada', remoteAddress: '::1' }
    for (let n = 0; n < 30; n++) await limits.guess(whose, right)
    const broken = () => Promise.reject(new DirectoryError('unavailable', 'Away.'))
    for (let n = 0; n < 30; n++) await assert.rejects(limits.guess(whose, broken), { code: 'unavailable' })
    assert.equal(await letThrough(15, () => limits.guess(whose, wrong)), 10)
  })
})

describe('sessions opened with one name or token', () => {
  it('are limited, and count only when they are opened', async () => {
    const limits = guessLimits(randomBytes(32))
    for (let n = 0; n < 120; n++) await assert.rejects(limits.open('ada', wrong), { code: 'unauthenticated' })
    for (let n = 0; n < 100; n++) assert.equal(await limits.open('ada', right), 'in')
    await assert.rejects(limits.open('ada', right), { code: 'too_many_requests' })
    assert.equal(await limits.open('ben', right), 'in')
  })
})
