import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { describe, it } from 'node:test'
import { DirectoryError } from './error.ts'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './limits.ts'
import { assertPasswordLength, hashPassword, PASSWORD_SALT_BYTES, verifyPassword } from './password.ts'

const SALT = new Uint8Array(PASSWORD_SALT_BYTES).fill(7)

describe('hashPassword', () => {
  it('gives a PHC string that stays verifiable from release to release', async () => {
    assert.equal(
      await hashPassword('correct horse battery staple', SALT),
      '$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$eZ8SueF3EIJEgtgpg1rLafWpNVv3dMTwc0KCOxG5CSg',
    )
  })

  it('gives another hash for another salt and for another password', async () => {
    const one = await hashPassword('secret', SALT)
    assert.notEqual(await hashPassword('secret', SALT.with(0, 8)), one)
    assert.notEqual(await hashPassword('Secret', SALT), one)
  })

  it('takes a composed and a decomposed password for the same', async () => {
    assert.equal(await hashPassword('caf\u00e9', SALT), await hashPassword('cafe\u0301', SALT))
  })

  it('is made for one at a time, so that threads are left for everything else', async (t) => {
    let running = 0
    let most = 0
    const original = crypto.argon2.bind(crypto)
    const counted = t.mock.method(crypto, 'argon2', (...[name, options, done]: Parameters<typeof crypto.argon2>) => {
      most = Math.max(most, ++running)
      original(name, options, (error, tag) => {
        running -= 1
        done(error, tag)
      })
    })
    syncBuiltinESMExports()
    try {
      await Promise.all(['one', 'two', 'three', 'four'].map((password) => hashPassword(password, SALT)))
    } finally {
      counted.mock.restore()
      syncBuiltinESMExports()
    }
    assert.deepEqual([counted.mock.callCount(), most], [4, 1])
  })

  it('refuses what cannot be a password without repeating it', async () => {
    for (const password of ['', 'a\0b', 'a\ud800b', 'x'.repeat(PASSWORD_LENGTH_MAX + 1)]) {
      await assert.rejects(hashPassword(password, SALT), (error) => {
        assert.ok(error instanceof DirectoryError && error.code === 'invalid')
        assert.ok(password === '' || !error.message.includes(password))
        assert.equal(error.where.value, undefined)
        return true
      })
    }
  })
})

describe('verifyPassword', () => {
  it('is true for the password of a hash, in either normal form, and false for any other', async () => {
    const hash = await hashPassword('caf\u00e9 noir', SALT)
    assert.equal(await verifyPassword('caf\u00e9 noir', hash), true)
    assert.equal(await verifyPassword('cafe\u0301 noir', hash), true)
    for (const password of ['caf\u00e9 noir ', 'Caf\u00e9 noir', 'cafe noir', '', '-', 'a\0b', '\ud800']) {
      assert.equal(await verifyPassword(password, hash), false, JSON.stringify(password))
    }
  })

  it('goes by the costs of the hash, so that hashes of other costs stay good', async () => {
    const cheap = await withCosts('password', { memory: 64, passes: 1, lanes: 1, salt: 'saltsalt', tagBytes: 16 })
    assert.equal(await verifyPassword('password', cheap), true)
    assert.equal(await verifyPassword('passwort', cheap), false)
    const lanes = await withCosts('password', { memory: 64, passes: 2, lanes: 4, salt: 'saltsalt', tagBytes: 64 })
    assert.equal(await verifyPassword('password', lanes), true)
  })

  it('is false where there is no hash, whatever the password', async () => {
    for (const password of ['', '-', 'secret', '\0'.repeat(32)]) {
      assert.equal(await verifyPassword(password, undefined), false)
    }
  })

  it('is false for a hash it cannot read, and for one that would cost too much', async () => {
    const hash = await hashPassword('secret', SALT)
    const [tail = ''] = /\$[^$]+\$[^$]+$/.exec(hash) ?? []
    const hashes = [
      '',
      'secret',
      hash.replace('argon2id', 'argon2i'),
      hash.replace('v=19', 'v=16'),
      `$argon2id$v=19$m=4194304,t=2,p=1${tail}`,
      `$argon2id$v=19$m=19456,t=999,p=1${tail}`,
      `$argon2id$v=19$m=19456,t=2,p=999${tail}`,
      `$argon2id$v=19$m=0,t=2,p=1${tail}`,
      `$argon2id$v=19$m=19456,t=0,p=1${tail}`,
      `$argon2id$v=19$m=19456,t=2,p=0${tail}`,
      `${hash}$`,
      hash.slice(0, -30),
    ]
    for (const one of hashes) assert.equal(await verifyPassword('secret', one), false, one)
  })

  it('does the same work for nobody as for somebody', async (t) => {
    const hash = await hashPassword('secret', SALT)
    const costs: unknown[] = []
    const { argon2 } = crypto
    t.mock.method(crypto, 'argon2', (name: 'argon2id', options: Parameters<typeof argon2>[1], ...rest: [never]) => {
      const { memory, passes, parallelism, tagLength } = options
      costs.push([name, memory, passes, parallelism, tagLength])
      argon2(name, options, ...rest)
    })
    syncBuiltinESMExports()
    try {
      for (const one of [hash, undefined, 'unreadable']) await verifyPassword('wrong', one)
      await verifyPassword('', hash)
    } finally {
      t.mock.restoreAll()
      syncBuiltinESMExports()
    }
    assert.equal(costs.length, 4)
    for (const one of costs) assert.deepEqual(one, costs[0])
  })
})

describe('a password to sign in with', () => {
  it('has to have some length', () => {
    for (const length of [0, PASSWORD_LENGTH_MIN - 1, PASSWORD_LENGTH_MAX + 1]) {
      assert.throws(() => assertPasswordLength('x'.repeat(length), 'password'), { code: 'invalid', reason: 'range' })
    }
    for (const length of [PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MAX])
      assertPasswordLength('x'.repeat(length), 'password')
  })
})

interface Costs {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
  readonly salt: string
  readonly tagBytes: number
}

/** A PHC string of other costs. */
function withCosts(password: string, { memory, passes, lanes, salt, tagBytes }: Costs): Promise<string> {
  return new Promise((resolve, reject) => {
    const nonce = Buffer.from(salt)
    const options = { message: password, nonce, memory, passes, parallelism: lanes, tagLength: tagBytes }
    crypto.argon2('argon2id', options, (error, tag) => {
      const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')
      if (error) reject(error)
      else resolve(`$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${base64(nonce)}$${base64(tag)}`)
    })
  })
}
