import type { FieldName } from '../../../core/field.ts'
import type { Json } from '../../../core/user.ts'

/**
 * Where a column of a file goes: a field of the core user, one entry of a map field, `customer` (an id or a code),
 * `idOrExternalId` (a UUID is the user's id, anything else its external id), or `ignored`: known, but nothing a
 * directory keeps.
 */
export type ColumnTarget =
  | Exclude<FieldName, 'revision' | 'customerId'>
  | 'picture'
  | 'customer'
  | 'idOrExternalId'
  | 'ignored'
  | `attributes.${string}`
  | `tags.${string}`

/** What a column means: where it goes, and how a cell becomes the value there. */
export interface Column {
  readonly target: ColumnTarget
  /** Whether it takes any text as it is, or but for the space around it. */
  readonly isText?: true
  /** The core's value for a cell that is not empty; undefined says nothing. Throws `invalid` for what it cannot be. */
  readonly read: (cell: Json) => Json | undefined
}

/** A kind of file: what its columns or members are called, and what they mean. */
export interface Source {
  /** What `--format` calls it. */
  readonly name: string
  /** What is said when it is detected. */
  readonly title: string
  readonly columns: Readonly<Record<string, Column>>
}

/** A name as people vary it: without letter case, spaces, marks and remarks in brackets. */
export function looseName(name: string): string {
  return name
    .replace(REMARK, '')
    .replace(/^(user|profile)\./i, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '')
}

// Up to the next bracket that opens, too: a name of nothing but these would otherwise be read through from each of them.
const REMARK = /\[[^[\]]*\]|\([^()]*\)/g
