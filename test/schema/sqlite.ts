import { openConnection } from '../../src/storage/sqlite/open.ts'

/** What a file really has, as the engine tells it: tables and indexes, one statement each. */
export function sqliteSchema(): string {
  const connection = openConnection(':memory:')
  try {
    // The tables full-text search keeps for itself follow from its own, which say how they are made.
    const rows = connection
      .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND sql NOT GLOB 'CREATE TABLE ''*' ORDER BY name")
      .all()
    const counters = connection.prepare('SELECT name FROM counters ORDER BY name').all()
    const statements = rows.map(({ sql }) => `${String(sql)};\n`)
    return `${statements.join('\n')}\ncounters: ${counters.map(({ name }) => String(name)).join(', ')}\n`
  } finally {
    connection.close()
  }
}
