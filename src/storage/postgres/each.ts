import { arrayBytes, type ElementType } from './array-bytes.ts'
import type { Asking, Transaction } from './database.ts'
import type { Row } from './connection.ts'

/** A statement whose parameters are lists as JSON arrays: it is the same for every length. */
export interface ListStatement {
  readonly name: string
  readonly text: string
}

/** Runs a statement for a list of rows or keys: not at all for none of them. */
export async function runForEach(
  transaction: Transaction,
  statement: ListStatement,
  each: readonly unknown[],
): Promise<void> {
  if (each.length > 0) await transaction.run({ ...statement, values: [JSON.stringify(each)] })
}

/** A statement whose parameters are the columns of rows, one array each: it is the same for every number of rows. */
export interface RowsStatement extends ListStatement {
  readonly columns: Readonly<Record<string, ElementType>>
}

/** SQL for those rows: what stands after FROM. */
export function rowsOf(columns: RowsStatement['columns']): string {
  const arrays = Object.values(columns).map((type) => `?::${type}[]`)
  return `unnest(${arrays.join(', ')}) AS r (${Object.keys(columns).join(', ')})`
}

/** Runs such a statement, after values of parameters that stand before those: not at all for no rows. */
export async function runForRows(
  transaction: Transaction,
  { columns, name, text }: RowsStatement,
  rows: readonly Readonly<Record<string, string | number | boolean | null>>[],
  ...before: readonly Uint8Array[]
): Promise<void> {
  if (rows.length === 0) return
  const values = Object.entries(columns).map(([name, type]) => arrayBytes(type, rows.map((row) => row[name] ?? null))) // prettier-ignore
  await transaction.run({ name, text, values: [...before, ...values] })
}

/** The rows a statement finds for lists of keys: none where all of them are empty. */
export async function rowsOfAny(
  asking: Asking,
  statement: ListStatement,
  ...lists: readonly (readonly unknown[])[]
): Promise<readonly Row[]> {
  if (lists.every((list) => list.length === 0)) return []
  return asking.rows({ ...statement, values: lists.map((list) => JSON.stringify(list)) })
}

/** SQL for the values of a parameter that is a JSON array, as an array an index can be asked with. */
export function anyOf(type: 'text' | 'bigint' | 'uuid'): string {
  return `ANY (ARRAY(SELECT value::${type} FROM json_array_elements_text(?)))`
}
