import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { runs } from '../../test/arbitrary/runs.ts'
import { hashToken, isTokenSecret, tokenSecret } from './token.ts'

const random = fc.uint8Array({ minLength: 32, maxLength: 32 })
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-=. é'

describe('a token secret', () => {
  it('is the prefix, 43 characters of secret and 6 of checksum', () => {
    assert.match(tokenSecret(new Uint8Array(32)), /^rc_0{43}[0-9A-Za-z]{6}$/)
    assert.match(tokenSecret(new Uint8Array(32).fill(255)), /^rc_[0-9A-Za-z]{49}$/)
  })

  it('is recognised, whatever it was made from', () => {
    fc.assert(
      fc.property(random, (bytes) => {
        assert.ok(isTokenSecret(tokenSecret(bytes)))
      }),
      runs(200),
    )
  })

  it('tells any two sources of randomness apart', () => {
    fc.assert(
      fc.property(random, fc.nat({ max: 255 }), (bytes, bit) => {
        const other = Uint8Array.from(bytes, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
        assert.notEqual(tokenSecret(bytes), tokenSecret(other))
      }),
      runs(200),
    )
  })

  it('is refused with any one character changed, left out or doubled', () => {
    const secret = tokenSecret(Uint8Array.from({ length: 32 }, (_, index) => index * 7))
    for (let at = 0; at < secret.length; at++) {
      const [head, tail] = [secret.slice(0, at), secret.slice(at + 1)]
      for (const letter of LETTERS) {
        if (letter !== secret[at]) assert.ok(!isTokenSecret(head + letter + tail), `${letter} at ${at}`)
      }
      assert.ok(!isTokenSecret(head + tail))
      assert.ok(!isTokenSecret(head + secret.slice(at, at + 1) + secret.slice(at)))
    }
  })

  it('is refused with anything around it', () => {
    const secret = tokenSecret(new Uint8Array(32).fill(1))
    for (const text of [
      '',
      'rc_',
      ` ${secret}`,
      `${secret} `,
      `${secret}\n`,
      secret.toUpperCase(),
      `${secret}${secret}`,
    ]) {
      assert.ok(!isTokenSecret(text), JSON.stringify(text))
    }
  })

  it('is kept as the SHA-256 of its text in lower-case hex', () => {
    assert.equal(hashToken('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})
