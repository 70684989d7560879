import { BLOCK_LENGTH } from '../sql/blocks.ts'
import { sql } from '../sql/fragment.ts'
import type { Database } from './database.ts'

/** The block in which the live user stands who has so many before it: its first number, and how many are before that. */
export function blockAfter(database: Database, users: number): { readonly first: number; readonly before: number } {
  const row = database.first(sql`
    SELECT block, before FROM (SELECT block, live, sum(live) OVER (ORDER BY block) - live AS before FROM blocks)
    WHERE before + live > ${users} ORDER BY block LIMIT 1`)
  // Beyond the end: the last block has nobody after it either way.
  if (!row) return { first: 0, before: 0 }
  return { first: Number(row[0]) * BLOCK_LENGTH, before: Number(row[1]) }
}
