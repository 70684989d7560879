import { DirectoryError } from '../../core/error.ts'
import type { Receipt } from '../../core/store.ts'
import { isStorable } from '../../core/text.ts'
import type { Instant } from '../../core/user.ts'
import { sql } from '../sql/fragment.ts'
import { instantMs } from '../sql/instant.ts'
import type { Asking, Database, Transaction } from './database.ts'

export async function readReceipt(asking: Asking, scope: string, key: string): Promise<Receipt | undefined> {
  if (!isStorable(scope) || !isStorable(key)) return undefined
  const row = await asking.first(sql`SELECT fingerprint, answer FROM receipts WHERE scope = ${scope} AND key = ${key}`)
  return row && { scope, key, fingerprint: String(row[0]), answer: String(row[1]) }
}

/** Keeps a receipt; throws `conflict` where another write with the same key has left one meanwhile. */
export async function writeReceipt(
  transaction: Transaction,
  { scope, key, fingerprint, answer }: Receipt,
  at: Instant,
): Promise<void> {
  const written = await transaction.run(sql`INSERT INTO receipts (scope, key, fingerprint, answer, at)
    VALUES (${scope}, ${key}, ${fingerprint}, ${answer}, ${instantMs(at)}) ON CONFLICT DO NOTHING`)
  if (written > 0) return
  throw new DirectoryError('conflict', 'Another request with this idempotency key came first.', { reason: 'running' })
}

/** Receipts forgotten at once: as many as surely take less time than a statement may. */
const FORGOTTEN_MAX = 5000

export async function forgetReceipts(database: Database, before: Instant): Promise<void> {
  // Whoever else forgets at the same time is not waited for.
  const some = sql`DELETE FROM receipts WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM receipts WHERE at < ${instantMs(before)} LIMIT ${FORGOTTEN_MAX} FOR UPDATE SKIP LOCKED))`
  while ((await database.write((transaction) => transaction.run(some))) === FORGOTTEN_MAX);
}
