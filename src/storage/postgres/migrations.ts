import type pg from 'pg'
import { DirectoryError } from '../../core/error.ts'
import { raw, sql } from '../sql/fragment.ts'
import { ask, heard, say } from './connection.ts'
import { buildingOf, deferredIn } from './deferral.ts'
import { LONG_TEXTS_SCHEMA } from './list-schema.ts'
import { DEFERRED_INDEXES_SCHEMA, FIRST_SCHEMA, SAVED_VIEWS_SCHEMA, TOKEN_USES_SCHEMA } from './schema.ts'

/** What takes a database from one schema to the next, by number from 1. What has been released is never changed. */
export const MIGRATIONS: readonly string[] = [
  FIRST_SCHEMA,
  TOKEN_USES_SCHEMA,
  SAVED_VIEWS_SCHEMA,
  LONG_TEXTS_SCHEMA,
  DEFERRED_INDEXES_SCHEMA,
]

/** What every node that migrates takes first: `rollcall` in ASCII. */
const LOCK = '8245931987826404716'

/**
 * Brings a database to the newest schema, step by step, each in one transaction, one node at a time. Gives the numbers of
 * the steps it took. Throws for a newer schema than is known, and for a database of something else.
 */
export async function migrate(
  client: pg.ClientBase,
  migrations: readonly string[] = MIGRATIONS,
): Promise<readonly number[]> {
  const taken: number[] = []
  // Reading first: where nothing is to be done, no lock is needed, and no right to write.
  while ((await pendingIn(client, migrations)).length > 0) {
    await say(client, 'BEGIN')
    try {
      await ask(client, raw(`SELECT pg_advisory_xact_lock(${LOCK})`))
      // Looked at anew: another node may have migrated the same database meanwhile.
      const [next] = await pendingIn(client, migrations)
      if (next !== undefined) {
        await heard(client.query(MIGRATIONS_TABLE))
        // A step finds every index there that it may be about.
        for (const index of await deferredIn(client)) await heard(client.query(buildingOf(index)))
        await heard(client.query(migrations[next - 1] ?? ''))
        await ask(client, sql`INSERT INTO migrations (number) VALUES (${next})`)
        taken.push(next)
      }
      await say(client, 'COMMIT')
    } catch (error) {
      await say(client, 'ROLLBACK')
      throw error
    }
  }
  return taken
}

const MIGRATIONS_TABLE =
  'CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())'

/** The numbers of the steps a database lacks. Throws like `migrate`, and changes nothing. */
export async function pendingIn(
  client: pg.ClientBase,
  migrations: readonly string[] = MIGRATIONS,
): Promise<readonly number[]> {
  const applied = await appliedIn(client)
  if (applied > migrations.length) {
    throw refusal(
      `The directory was written by a newer Rollcall: its schema is ${applied}, this one knows ${migrations.length}.`,
    )
  }
  return migrations.map((_, index) => index + 1).slice(applied)
}

async function appliedIn(client: pg.ClientBase): Promise<number> {
  const { rows: tables } = await ask(client, raw(OWN_TABLES))
  if (tables.length === 0) return 0
  const isOurs = tables.some(([name, columns]) => name === 'migrations' && columns === 'number,at')
  if (!isOurs) {
    const names = tables.map(([name]) => String(name)).sort()
    const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and others` : names.join(', ')
    throw refusal(
      `The database holds tables of something else (${shown}); give Rollcall an empty database or schema of its own.`,
    )
  }
  const { rows } = await ask(client, raw('SELECT coalesce(max(number), 0) FROM migrations'))
  return Number(rows[0]?.[0])
}

// What extensions have brought along is nobody's.
const OWN_TABLES = `
  SELECT c.relname, (
    SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
  FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')`

function refusal(sentence: string): DirectoryError {
  return new DirectoryError('invalid', sentence, { reason: 'value', where: { name: 'store' } })
}
