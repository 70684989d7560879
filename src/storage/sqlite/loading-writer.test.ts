import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { newCustomer, newUser, NOON, sampleUser, write } from '../../../test/model/sample.ts'
import { DirectoryError } from '../../core/error.ts'
import type { Change } from '../../core/store.ts'
import { loadingWriter } from '../sql/loading-writer.ts'
import { openSqlite } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
after(() => rmSync(folder, { recursive: true }))

type UserChange = Change & { readonly kind: 'user' }
const people = (from: number, to: number): UserChange[] =>
  Array.from({ length: to - from }, (_, n) => newUser(from + n) as UserChange)
const commitOf = (changes: readonly UserChange[]) => ({ changes, at: NOON, by: null })

const writerTo = (file: string) => loadingWriter(new URL('./loading-thread.ts', import.meta.url), file)

async function newFile(name: string): Promise<string> {
  const file = join(folder, name)
  const store = openSqlite(file)
  await write(store, newCustomer(1))
  await store.close()
  return file
}

describe('a writer to a file', () => {
  it('writes commits in the order in which they come, and gives what a store gives', async () => {
    const file = await newFile('order.db')
    const writer = writerTo(file)
    const [first, second] = await Promise.all([
      writer.write(commitOf(people(0, 3))),
      writer.write(commitOf(people(3, 5))),
    ])
    await writer.close()
    const expected = (n: number, revision: number) => ({ ...sampleUser(n), number: n + 1, revision })
    assert.deepEqual(first, { revision: 2, results: [expected(0, 2), expected(1, 2), expected(2, 2)] })
    assert.deepEqual(second, { revision: 3, results: [expected(3, 3), expected(4, 3)] })
    const store = openSqlite(file)
    assert.equal(await store.revision(), 3)
    assert.deepEqual(await store.user({ number: 5 }), expected(4, 3))
    await store.close()
  })

  it('says which change was refused, and writes nothing of its commit', async () => {
    const file = await newFile('refused.db')
    const writer = writerTo(file)
    const twice = [...people(0, 3), newUser(9, { identifier: 'user-1' }) as UserChange]
    await assert.rejects(writer.write(commitOf(twice)), (error) => {
      assert.ok(error instanceof DirectoryError)
      assert.deepEqual(
        [error.code, error.reason, error.where],
        ['conflict', 'taken', { name: 'identifier', position: 3 }],
      )
      return true
    })
    assert.equal((await writer.write(commitOf(people(7, 8)))).revision, 2)
    await writer.close()
  })

  it('writes nothing of a commit that was to come after one that failed, and goes on', async () => {
    const writer = writerTo(await newFile('after.db'))
    const failure = new Error('It failed.')
    const before = Promise.withResolvers<undefined>()
    const [first, second] = [
      writer.write({ ...commitOf(people(0, 2)), after: before.promise }),
      writer.write(commitOf(people(2, 3))),
    ]
    // It waits for nothing, and need not wait for the other one.
    assert.equal((await second).revision, 2)
    before.reject(failure)
    await assert.rejects(first, failure)
    assert.equal((await writer.write(commitOf(people(3, 4)))).revision, 3)
    await writer.close()
  })

  it('fails where its file cannot be opened', async () => {
    const writer = writerTo(join(folder, 'nowhere', 'users.db'))
    await assert.rejects(writer.write(commitOf(people(0, 1))), { code: 'unavailable' })
    await writer.close()
  })

  it('goes on with another thread after one that failed', async () => {
    mkdirSync(join(folder, 'early'))
    await newFile('early/users.db')
    const writer = writerTo(join(folder, 'late', 'users.db'))
    await assert.rejects(writer.write(commitOf(people(0, 1))), { code: 'unavailable' })
    renameSync(join(folder, 'early'), join(folder, 'late'))
    assert.equal((await writer.write(commitOf(people(0, 1)))).revision, 2)
    await writer.close()
  })
})
