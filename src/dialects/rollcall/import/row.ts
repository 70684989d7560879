import type { Json } from '../../../core/user.ts'

/** One user of a file as it stands there. */
export interface Cells {
  /** By column; none where the row is damaged. */
  readonly cells: ReadonlyMap<string, Json>
  /** What is wrong with the row itself, where it cannot be read. */
  readonly fault?: string
}

/** How a file writes its rows. */
export type FileKind = 'csv' | 'json'

// Far more than any directory export has, far less than would hurt.
export const COLUMNS_MAX = 1000

/** No user is nested so deep, and what is a thousand times deeper cannot be written out again. */
const NESTING_MAX = 64

/** The cells of a CSV record; one with more or fewer of them than there are columns is damaged. */
export function recordCells(record: readonly string[], names: readonly string[]): Cells {
  if (record.length !== names.length) {
    return {
      cells: new Map(),
      fault: `The row has ${record.length} cells, and the header ${names.length}; is a delimiter not quoted?`,
    }
  }
  const cells = new Map<string, Json>()
  for (let index = 0; index < names.length; index++) cells.set(names[index] ?? '', record[index] ?? '')
  return { cells }
}

/** The cells of a JSON object, which are its members. */
export function objectCells(object: Readonly<Record<string, Json>>): Cells {
  if (isDeeperThan(NESTING_MAX, object)) {
    return { cells: new Map(), fault: `The object is nested more than ${NESTING_MAX} levels deep.` }
  }
  return { cells: new Map(Object.entries(object)) }
}

function isDeeperThan(levels: number, value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((one: Json) => isDeeperThan(levels - 1, one))
}
