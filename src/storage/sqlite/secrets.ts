import { sql } from '../sql/fragment.ts'
import type { Database } from './database.ts'

/** The secret of a name; what `fresh` gives is kept where there is none yet. */
export function readSecret(database: Database, name: string, fresh: () => Uint8Array): Uint8Array {
  const kept = () => database.first(sql`SELECT bytes FROM secrets WHERE name = ${name}`)?.[0]
  const secret = kept()
  if (secret instanceof Uint8Array) return secret
  return database.write(() => {
    database.execute('INSERT INTO secrets (name, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING', name, fresh())
    return kept() as Uint8Array
  })
}
