import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { lendDatabase } from '../postgres/stores.ts'
import { postgresSchema } from './postgres.ts'
import { sqliteSchema } from './sqlite.ts'

/** Line by line, so that a failure shows what is different and no more. */
function assertKept(found: string, name: string): void {
  const kept = readFileSync(join(import.meta.dirname, name), 'utf8')
  assert.deepEqual(
    [found, kept].map((text, index, both) => {
      const other = new Set(both[1 - index]?.split('\n'))
      return text.split('\n').filter((line) => !other.has(line))
    }),
    [[], []],
    `${name} is not what there is; node test/schema/write.ts writes it anew.`,
  )
  assert.ok(found === kept, `The lines of ${name} are in another order.`)
}

describe('what migrations make of nothing', () => {
  it('is what test/schema/sqlite.sql shows, in a file', () => {
    assertKept(sqliteSchema(), 'sqlite.sql')
  })

  it('is what test/schema/postgres.sql shows, in a database', async () => {
    const database = await lendDatabase()
    const found = await postgresSchema(database.url)
    await database.drop()
    assertKept(found, 'postgres.sql')
  })
})
