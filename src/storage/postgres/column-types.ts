import type { Column } from '../sql/columns.ts'
import type { ElementType } from './array-bytes.ts'

/** What a value of a field is to PostgreSQL. Texts are compared and ordered by their bytes, wherever the database is. */
export const COLUMN_TYPES = {
  id: 'uuid',
  text: 'text COLLATE "C"',
  word: 'text COLLATE "C"',
  integer: 'bigint',
  instant: 'bigint',
} satisfies Record<Column['kind'], string>

/** The same for the elements of an array. */
export const ELEMENT_TYPES = {
  id: 'uuid',
  text: 'text',
  word: 'text',
  integer: 'bigint',
  instant: 'bigint',
} satisfies Record<Column['kind'], ElementType>
