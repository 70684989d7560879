import { setTimeout as sleep } from 'node:timers/promises'
import { DirectoryError } from '../../src/core/error.ts'
import { openPostgres } from '../../src/storage/postgres/open.ts'
import { newUser, write } from '../model/sample.ts'

// A node that commits as fast as it can, several commits at a time, and says the revision of each once it has been told that
// it is durable. Its arguments: the database, its own number, and how many users each commit writes.

/** Commits under way at once. */
const AT_ONCE = 3

const [url = '', node = '1', users = '1'] = process.argv.slice(2)
const store = await openPostgres(url)
let written = 0
const next = () => newUser(Number(node) * 1_000_000 + written++)

process.stdin.on('end', () => process.exit())
process.stdin.resume()
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (;;) {
      try {
        const [user] = await write(store, ...Array.from({ length: Number(users) }, next))
        process.stdout.write(`${user?.revision ?? 0}\n`)
      } catch (error) {
        if (!(error instanceof DirectoryError) || error.code !== 'unavailable') throw error
        await sleep(10)
      }
    }
  }),
)
