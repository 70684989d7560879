import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DirectoryError } from './error.ts'
import { PASSWORD_LENGTH_MAX } from './limits.ts'
import { hashPassword, PASSWORD_SALT_BYTES } from './password.ts'

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
