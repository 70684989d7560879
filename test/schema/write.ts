import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lendDatabase } from '../postgres/stores.ts'
import { postgresSchema } from './postgres.ts'
import { sqliteSchema } from './sqlite.ts'

// Writes down what migrations make of nothing, to be looked at as a difference: `node test/schema/write.ts`.

const database = await lendDatabase()
writeFileSync(join(import.meta.dirname, 'postgres.sql'), await postgresSchema(database.url))
writeFileSync(join(import.meta.dirname, 'sqlite.sql'), sqliteSchema())
await database.drop()
