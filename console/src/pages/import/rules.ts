import type { ImportBatch, ImportDetection } from '@rollcall/sdk'
import type { Source } from './reading/source.ts'
import type { SourceRow } from './reading/source-row.ts'

/** By what a user who is there already is known. */
export type Match = ImportBatch['match']

/** What each column is taken for; null where it is left out. */
export type Mapping = Readonly<Record<string, string | null>>

/** What is said of every row of a file. */
export type Rules = Omit<ImportBatch, 'rows' | 'dryRun'>

/** The mapping a detection proposes, with what was chosen instead. */
export function mappingOf({ columns }: ImportDetection, chosen: Mapping): Mapping {
  return Object.fromEntries(
    columns.map(({ column, field }) => [column, chosen[column] === undefined ? field : chosen[column]]),
  )
}

/** What the server is told of every row. */
export function rulesOf(
  source: Pick<Source, 'format' | 'columns'>,
  detection: ImportDetection,
  mapping: Mapping,
  { match, customerId }: { readonly match: Match; readonly customerId: number | null },
): Rules {
  const { format, columns } = source
  return { format, source: detection.source, columns, mapping, match, ...(customerId === null ? {} : { customerId }) }
}

/** Why an import cannot begin like this; null where it can. */
export function obstacleIn(mapping: Mapping, match: Match): string | null {
  const fields = Object.values(mapping)
  const has = (field: string) => fields.includes(field)
  if (match === 'externalId' && !has('externalId') && !has('idOrExternalId')) return NEEDS.externalId
  if (match === 'email' && !has('email')) return NEEDS.email
  if (match === 'identifier' && !has('identifier') && !has('email')) return NEEDS.identifier
  if (!has('identifier') && !has('email') && !has('externalId') && !has('idOrExternalId')) return NEEDS.none
  return null
}

const NEEDS = {
  identifier: 'No column is the identifier or the e-mail address, by which users are matched. Choose one in the table.',
  email: 'No column is the e-mail address, by which users are matched. Choose one in the table, or match otherwise.',
  externalId: 'No column is the external id, by which users are matched. Choose one in the table, or match otherwise.',
  none: 'No column says who a user is: choose one to be the identifier, the e-mail address or the external id.',
}

/** The first different values of a column, as they stand in the file. */
export function samplesOf(column: string, index: number, rows: readonly SourceRow[]): readonly string[] {
  const texts = rows.map(({ values }) => cellText(values, column, index)).filter((text) => text.trim() !== '')
  return [...new Set(texts)].slice(0, SAMPLES)
}

const SAMPLES = 3

/** One cell of a row as text. */
export function cellText(values: SourceRow['values'], column: string, index: number): string {
  const cell = Array.isArray(values) ? (values as readonly unknown[])[index] : memberAt(values, column)
  if (cell === undefined || cell === null) return ''
  return typeof cell === 'string' ? cell : JSON.stringify(cell)
}

/** A member of an object, or of an object within it: `login`, `profile.login`. */
export function memberAt(values: unknown, path: string): unknown {
  if (typeof values !== 'object' || values === null) return undefined
  const members = values as Readonly<Record<string, unknown>>
  if (Object.hasOwn(members, path)) return members[path]
  const dot = path.indexOf('.')
  return dot < 1 ? undefined : memberAt(members[path.slice(0, dot)], path.slice(dot + 1))
}
