import { dialects } from '../../src/dialects/index.ts'
import { openapi } from '../../src/dialects/openapi.ts'
import { DEFAULT_DIALECT_SETTINGS } from '../../src/dialects/settings.ts'
import type { DialectDocument } from '../../console/src/reference/document/document.ts'
import { readDocument } from '../../console/src/reference/document/reading.ts'
import type { WireDocument } from '../../console/src/reference/document/wire-document.ts'

/** The documents of all dialects as the server answers them, read as the reference does. */
export const DOCUMENTS: readonly DialectDocument[] = dialects(DEFAULT_DIALECT_SETTINGS).map((dialect) =>
  readDocument(dialect.name, JSON.parse(JSON.stringify(openapi(dialect, '1.0.0'))) as WireDocument),
)

/** Every operation of every dialect. */
export const OPERATIONS = DOCUMENTS.flatMap(({ operations }) => operations)

/** One dialect's document. */
export function documentOf(name: string): DialectDocument {
  const found = DOCUMENTS.find((document) => document.name === name)
  if (!found) throw new Error(`There is no dialect ${name}.`)
  return found
}

/** One operation. */
export function operationOf(dialect: string, id: string) {
  const found = documentOf(dialect).operations.find((operation) => operation.id === id)
  if (!found) throw new Error(`${dialect} has no operation ${id}.`)
  return found
}
