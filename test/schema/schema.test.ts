import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { lendDatabase } from '../postgres/stores.ts'
import { postgresSchema } from './postgres.ts'
import { sqliteSchema } from './sqlite.ts'

function kept(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8')
}

// `node test/schema/write.ts` writes both anew.
describe('what migrations make of nothing', () => {
  it('is what test/schema/sqlite.sql shows, in a file', () => {
    assert.equal(sqliteSchema(), kept('sqlite.sql'))
  })

  it('is what test/schema/postgres.sql shows, in a database', async () => {
    const database = await lendDatabase()
    const found = await postgresSchema(database.url)
    await database.drop()
    assert.equal(found, kept('postgres.sql'))
  })
})
