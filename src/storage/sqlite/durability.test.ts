import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { equal, LIVE } from '../../core/filter.ts'
import { openSqlite } from './open.ts'

// Commits as fast as it can and says the revision of each when it has been told that it is durable.
const WRITER = `
  const { openSqlite } = await import(process.argv[1])
  const { newCustomer, newUser, write } = await import(process.argv[2])
  const users = Number(process.argv[4])
  const store = openSqlite(process.argv[3], { isLoading: process.argv[5] === 'true' })
  if ((await store.revision()) === 0) await write(store, newCustomer(1))
  for (let revision = await store.revision(); ; revision++) {
    const tags = (n) => ({ tags: { n: 'n' + n % 3 } })
    await write(store, ...Array.from({ length: users }, (_, n) => newUser(revision * 1000 + n, tags(n))))
    process.stdout.write(revision + 1 + '\\n')
  }
`

interface Writing {
  readonly usersPerCommit: number
  readonly isLoading: boolean
  /** After how many commits it is killed, each time it is started. */
  readonly rounds: readonly number[]
}

describe('a process that is killed while it commits', () => {
  it('loses nothing it was told is durable, and leaves no part of a commit', { timeout: 120_000 }, () =>
    assertDurable({ usersPerCommit: 7, isLoading: false, rounds: [20, 33, 46, 59, 72] }),
  )

  it('loses nothing while it loads many users either, whose indexes are then built', { timeout: 120_000 }, () =>
    assertDurable({ usersPerCommit: 120, isLoading: true, rounds: [3, 8, 13] }),
  )
})

async function assertDurable(writing: Writing): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  try {
    const { usersPerCommit } = writing
    const file = join(folder, 'users.db')
    for (const commits of writing.rounds) {
      const told = await killedAfter(file, commits, writing)
      const store = openSqlite(file)
      const revision = await store.revision()
      assert.ok(revision >= told, `revision ${revision} after ${told} was told`)
      const page = { kind: 'offset', offset: 0, limit: 1 } as const
      // Asked with a search the total counts users, not what was counted with them.
      const all = { filter: LIVE, search: { terms: ['user'], idStart: null }, sort: [], page, total: true } as const
      assert.equal((await store.users(all)).total, (revision - 1) * usersPerCommit)
      assert.equal((await store.userCounts()).get(1)?.live, (revision - 1) * usersPerCommit)
      const tagged = {
        ...all,
        filter: equal('tags.n', 'n0'),
        search: undefined,
        sort: [{ field: 'email', descending: true }],
      } as const
      assert.equal((await store.users(tagged)).total, (revision - 1) * Math.ceil(usersPerCommit / 3))
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
}

/** Starts a writer, kills it in the middle of its work after so many commits, and gives the last revision it was told. */
async function killedAfter(file: string, commits: number, { usersPerCommit, isLoading }: Writing): Promise<number> {
  const paths = ['./open.ts', '../../../test/model/sample.ts'].map((path) => new URL(path, import.meta.url).href)
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', WRITER, ...paths, file, String(usersPerCommit), String(isLoading)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
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
