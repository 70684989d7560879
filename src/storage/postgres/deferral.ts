import type pg from 'pg'
import type { FieldName } from '../../core/field.ts'
import { COLUMNS } from '../sql/columns.ts'
import { raw, sql } from '../sql/fragment.ts'
import { ask, say } from './connection.ts'

/** Fewer changes than this in one commit are no load of users. */
export const LOAD_MIN = 500
/** A directory with more users than this keeps its indexes: to build them anew would take longer than it saves. */
const USERS_MAX = 10_000

/** Indexes that a load looks users up with; those of identifiers and of e-mail addresses are kept for being unique. */
const KEPT_INDEXES = (['externalId'] satisfies FieldName[]).map((field) => COLUMNS[field].index)

/** How long a load waits to have a table for itself; where it is not let, it goes on with all indexes. */
const LOCK_TIMEOUT_MS = 2_000

/** An index that is left out for now, of a table, with the statement that builds it. */
export interface DeferredIndex {
  readonly name: string
  readonly table: string
  readonly definition: string
}

/**
 * Leaves out the indexes that only lists read, in one transaction that also writes down how they are built again: all of
 * them, or, where there are many users, none. Throws the server's error where that is not possible now.
 */
export async function defer(client: pg.ClientBase): Promise<void> {
  await say(client, 'BEGIN')
  try {
    await ask(client, raw(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`))
    const { rows } = await ask(client, NOTE_INDEXES)
    const names = rows.map(([name]) => String(name))
    if (names.length > 0) await ask(client, raw(`DROP INDEX ${names.join(', ')}`))
    await say(client, 'COMMIT')
  } catch (error) {
    await say(client, 'ROLLBACK')
    throw error
  }
}

// Of the tables that grow with every user. Another load may be noting the same ones.
const NOTE_INDEXES = sql`
  INSERT INTO deferred_indexes (name, table_name, definition)
  SELECT quote_ident(c.relname), i.indrelid::regclass, pg_get_indexdef(c.oid)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid IN ('users'::regclass, 'user_marks'::regclass, 'word_stems'::regclass) AND NOT i.indisunique
    AND c.relname <> ALL (${`{${KEPT_INDEXES.join(',')}}`}::text[])
    AND (SELECT sum(value) FROM counters WHERE name IN ('live', 'deleted')) <= ${USERS_MAX}
  ORDER BY c.relname ON CONFLICT DO NOTHING RETURNING name`

/** The indexes that are left out; none in a database whose schema knows of none. Changes nothing. */
export async function deferredIn(client: pg.ClientBase): Promise<readonly DeferredIndex[]> {
  const { rows: known } = await ask(client, raw("SELECT to_regclass('deferred_indexes') IS NOT NULL"))
  if (known[0]?.[0] !== true) return []
  const { rows } = await ask(client, raw('SELECT name, table_name, definition FROM deferred_indexes ORDER BY name'))
  return rows.map(([name, table, definition]) => ({
    name: String(name),
    table: String(table),
    definition: String(definition),
  }))
}

/**
 * What builds an index and forgets that it was left out: sent as one message it is one transaction, also where nobody hears
 * the answer.
 */
export function buildingOf({ name, definition }: DeferredIndex): string {
  const noted = name.replaceAll("'", "''")
  return `DROP INDEX IF EXISTS ${name}; ${definition}; DELETE FROM deferred_indexes WHERE name = '${noted}'`
}
