import { DirectoryError } from '../../core/error.ts'
import type { Receipt } from '../../core/store.ts'
import type { Instant } from '../../core/user.ts'
import { sql } from '../sql/fragment.ts'
import { instantMs } from '../sql/instant.ts'
import type { Database } from './database.ts'

export function readReceipt(database: Database, scope: string, key: string): Receipt | undefined {
  const row = database.first(sql`SELECT fingerprint, answer FROM receipts WHERE scope = ${scope} AND key = ${key}`)
  return row && { scope, key, fingerprint: String(row[0]), answer: String(row[1]) }
}

/** Keeps a receipt; throws `conflict` where another write with the same key has left one meanwhile. */
export function writeReceipt(database: Database, { scope, key, fingerprint, answer }: Receipt, at: Instant): void {
  if (readReceipt(database, scope, key)) {
    throw new DirectoryError('conflict', 'Another request with this idempotency key came first.', { reason: 'running' })
  }
  database.execute(
    'INSERT INTO receipts (scope, key, fingerprint, answer, at) VALUES (?, ?, ?, ?, ?)',
    scope,
    key,
    fingerprint,
    answer,
    instantMs(at),
  )
}

export function forgetReceipts(database: Database, before: Instant): void {
  database.execute('DELETE FROM receipts WHERE at < ?', instantMs(before))
}
