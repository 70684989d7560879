import pg from 'pg'

/** What a database really has, as text that shows every change as a line: tables with their columns, then indexes. */
export async function postgresSchema(url: string): Promise<string> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const rows = async (text: string) => (await client.query<Record<string, string>>(text)).rows
    const columns = await rows(COLUMNS)
    const indexes = await rows(INDEXES)
    const names = [...new Set(columns.map(({ table }) => table))]
    const tables = names.map((name) => {
      const own = columns.filter(({ table }) => table === name).map(({ column }) => `  ${column ?? ''},\n`)
      const found = indexes.filter(({ table }) => table === name).map(({ index }) => `${index ?? ''};\n`)
      return `TABLE ${name ?? ''} (\n${own.join('')})\n${found.join('')}`
    })
    const counters = await rows('SELECT name FROM counters ORDER BY name')
    return `${tables.join('\n')}\ncounters: ${counters.map(({ name }) => name ?? '').join(', ')}\n`
  } finally {
    await client.end()
  }
}

const COLUMNS = `
  SELECT c.relname AS table, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
    (SELECT 'COLLATE "' || o.collname || '"' FROM pg_collation o WHERE o.oid = a.attcollation AND o.collname <> 'default'),
    CASE WHEN a.attnotnull THEN 'NOT NULL' END,
    CASE a.attidentity WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY' END,
    (SELECT 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = c.oid AND d.adnum = a.attnum)
  ) AS column
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY c.relname COLLATE "C", a.attnum`

const INDEXES = `
  SELECT tablename AS table, replace(indexdef, schemaname || '.', '') AS index FROM pg_indexes
  WHERE schemaname = current_schema() ORDER BY indexname COLLATE "C"`
