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
