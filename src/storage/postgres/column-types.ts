import type { Column } from '../sql/columns.ts'

/** What a value of a field is to PostgreSQL. Texts are compared and ordered by their bytes, wherever the database is. */
export const COLUMN_TYPES = {
  id: 'uuid',
  text: 'text COLLATE "C"',
  word: 'text COLLATE "C"',
  integer: 'bigint',
  instant: 'bigint',
} satisfies Record<Column['kind'], string>
