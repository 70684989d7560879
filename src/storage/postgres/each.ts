import type { Transaction } from './database.ts'

/** Runs a statement whose one parameter is rows, or keys, as a JSON array: not at all for none of them. */
export async function runForEach(transaction: Transaction, text: string, each: readonly unknown[]): Promise<void> {
  if (each.length > 0) await transaction.run({ text, values: [JSON.stringify(each)] })
}

/** SQL for the values of a parameter that is a JSON array, as an array an index can be asked with. */
export function anyOf(type: 'text' | 'bigint' | 'uuid'): string {
  return `ANY (ARRAY(SELECT value::${type} FROM json_array_elements_text(?)))`
}
