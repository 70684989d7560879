import { sql } from '../sql/fragment.ts'
import type { Asking, Database } from './database.ts'

/** The secret of a name; what `fresh` gives is kept where there is none yet. */
export async function readSecret(database: Database, name: string, fresh: () => Uint8Array): Promise<Uint8Array> {
  const secret = await kept(database, name)
  if (secret) return secret
  return database.write(async (transaction) => {
    await transaction.run(sql`INSERT INTO secrets (name, bytes) VALUES (${name}, ${fresh()}) ON CONFLICT DO NOTHING`)
    return (await kept(transaction, name)) ?? new Uint8Array()
  })
}

async function kept(asking: Asking, name: string): Promise<Uint8Array | undefined> {
  const row = await asking.first(sql`SELECT encode(bytes, 'hex') FROM secrets WHERE name = ${name}`)
  return row && Buffer.from(String(row[0]), 'hex')
}
