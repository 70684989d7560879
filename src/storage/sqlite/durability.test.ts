import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { LIVE } from '../../core/filter.ts'
import { openSqlite } from './open.ts'

const USERS_PER_COMMIT = 7

// Commits as fast as it can and says the revision of each when it has been told that it is durable.
const WRITER = `
  const { openSqlite } = await import(process.argv[1])
  const { newCustomer, newUser, write } = await import(process.argv[2])
  const store = openSqlite(process.argv[3])
  if ((await store.revision()) === 0) await write(store, newCustomer(1))
  for (let revision = await store.revision(); ; revision++) {
    const users = Array.from({ length: ${USERS_PER_COMMIT} }, (_, n) => newUser(revision * 100 + n))
    await write(store, ...users)
    process.stdout.write(revision + 1 + '\\n')
  }
`

describe('a process that is killed while it commits', () => {
  it('loses nothing it was told is durable, and leaves no part of a commit', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    try {
      const file = join(folder, 'users.db')
      for (let round = 0; round < 5; round++) {
        const told = await killedAfter(file, 20 + round * 13)
        const store = openSqlite(file)
        const revision = await store.revision()
        assert.ok(revision >= told, `revision ${revision} after ${told} was told`)
        const page = { kind: 'offset', offset: 0, limit: 1 } as const
        // Asked with a search the total counts users, not what was counted with them.
        const all = { filter: LIVE, search: { terms: ['user'], idStart: null }, sort: [], page, total: true } as const
        assert.equal((await store.users(all)).total, (revision - 1) * USERS_PER_COMMIT)
        assert.equal((await store.userCounts()).get(1)?.live, (revision - 1) * USERS_PER_COMMIT)
        await store.close()
        const connection = new DatabaseSync(file)
        assert.deepEqual({ ...connection.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' })
        connection.exec("INSERT INTO user_words (user_words) VALUES ('integrity-check')")
        connection.exec("INSERT INTO user_trigrams (user_trigrams) VALUES ('integrity-check')")
        connection.close()
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

/** Starts a writer, kills it in the middle of its work after so many commits, and gives the last revision it was told. */
async function killedAfter(file: string, commits: number): Promise<number> {
  const paths = ['./open.ts', '../../../test/model/sample.ts'].map((path) => new URL(path, import.meta.url).href)
  const child = spawn(process.execPath, ['--input-type=module', '--eval', WRITER, ...paths, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = 0
  let count = 0
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (chunk: string) => {
    for (const line of chunk.trim().split('\n')) {
      told = Number(line)
      if (++count === commits) child.kill('SIGKILL')
    }
  })
  await new Promise((resolve) => child.once('close', resolve))
  assert.ok(count >= commits, 'the writer ended by itself')
  return told
}
