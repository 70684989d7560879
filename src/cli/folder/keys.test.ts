import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { openStore } from '../../storage/index.ts'
import { openKeys } from './keys.ts'
import { seal, unseal } from './sealing.ts'

const root = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
after(() => rmSync(root, { recursive: true }))

const SECRET = 'correct horse battery staple, and more'
const OTHER = 'correct horse battery staple, and less'
const refusal = (message: RegExp) => ({ name: 'CommandError', exitCode: 2, message })

describe('the keys of a directory', () => {
  it('are made once, and the same for every node that opens its store', async () => {
    const store = await openStore('sqlite::memory:')
    const [first, second] = await Promise.all([openKeys(store, null), openKeys(store, null)])
    assert.equal(first.cursorKey.length, 32)
    assert.equal(first.signingJwk.kty, 'RSA')
    assert.deepEqual(second, first)
    assert.deepEqual(await openKeys(store, null), first)
    await store.close()
  })

  it('are sealed under a secret, so that the database alone is not enough', async () => {
    const file = join(root, 'sealed.db')
    const store = await openStore(`sqlite:${file}`)
    const made = await openKeys(store, SECRET)
    assert.deepEqual(await openKeys(store, SECRET), made)
    const connection = new DatabaseSync(file)
    const kept = connection.prepare('SELECT name, bytes FROM secrets').all() as { name: string; bytes: Uint8Array }[]
    connection.close()
    assert.equal(kept.length, 1)
    const text = Buffer.from(kept[0]?.bytes ?? []).toString('latin1')
    assert.ok(!text.includes('RSA') && !text.includes(made.signingJwk.d ?? ''))
    await assert.rejects(openKeys(store, OTHER), refusal(/^ROLLCALL_SECRET is not the secret [^\n]*$/))
    await assert.rejects(openKeys(store, null), refusal(/are sealed; give the secret [^\n]* in ROLLCALL_SECRET/))
    await store.close()
  })

  it('that were kept in the clear are not used under a secret', async () => {
    const store = await openStore('sqlite::memory:')
    const clear = await openKeys(store, null)
    const sealed = await openKeys(store, SECRET)
    assert.notDeepEqual(sealed.cursorKey, clear.cursorKey)
    assert.notEqual(sealed.signingJwk.n, clear.signingJwk.n)
    await store.close()
  })
})

describe('what is sealed', () => {
  it('opens with its secret and under its name, and not when a bit is changed', () => {
    const plain = Buffer.from('plain')
    const sealed = Buffer.from(seal(plain, SECRET, 'one'))
    assert.deepEqual(unseal(sealed, SECRET, 'one'), plain)
    assert.equal(unseal(sealed, OTHER, 'one'), undefined)
    assert.equal(unseal(sealed, SECRET, 'two'), undefined)
    assert.equal(unseal(sealed.subarray(0, 20), SECRET, 'one'), undefined)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      assert.equal(unseal(changed, SECRET, 'one'), undefined)
    }
  })

  it('is never the same twice', () => {
    assert.notDeepEqual(seal(Buffer.from('x'), SECRET, 'one'), seal(Buffer.from('x'), SECRET, 'one'))
  })
})
