import { MATCH_FIELDS } from '../../core/directory.ts'
import { invalid } from '../../core/error.ts'
import { BATCH_SIZE_MAX } from '../../core/limits.ts'
import { memberPath } from '../../core/member-path.ts'
import type { Json } from '../../core/user.ts'
import { about, describedMembers } from '../meaning.ts'
import { excerpt } from '../parameter.ts'
import * as shape from '../shape.ts'
import type { Shape, ShapeOf } from '../shape.ts'
import { isRecord } from './import/cell.ts'
import type { Column, Source } from './import/column.ts'
import { sourceColumn, targetColumn, TARGETS } from './import/detection.ts'
import { ignored } from './import/cell.ts'
import { COLUMNS_MAX, objectCells, recordCells, type Cells } from './import/row.ts'
import { SOURCES } from './import/sources/index.ts'
import { DETECTION_MEANINGS, IMPORT_MEANINGS, ROW_MEANINGS } from './meaning/import.ts'

const FORMATS = ['csv', 'jsonl'] as const

const columnNames = shape.list(shape.string(), { lengthMax: COLUMNS_MAX })
const columns: Shape<readonly string[]> = {
  schema: columnNames.schema,
  read(value, at) {
    const names = columnNames.read(value, at)
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice === undefined) return names
    throw invalid('value', `${at} names ${JSON.stringify(excerpt(twice))} twice.`, { in: 'body', name: at })
  },
}

const source = shape.choice(SOURCES.map(({ name }) => name))

/** What is asked of `POST /v1/imports/detection`. */
export const DETECTION = shape.object(
  describedMembers(DETECTION_MEANINGS, { format: shape.choice(FORMATS), columns, source: shape.optional(source) }),
)

/** The values of one row, whatever texts are in them: what is wrong with one refuses that row. */
const values: Shape<unknown> = {
  schema: {
    anyOf: [
      { type: 'array', items: { type: 'string' }, maxItems: COLUMNS_MAX },
      { type: 'object', additionalProperties: true },
    ],
  },
  read: (value) => value,
}

const TARGETS_ALLOWED = `${TARGETS.join(', ')}, tags.<name>, attributes.<name> or null`

const target = shape.nullable(shape.string())

const row = shape.object(describedMembers(ROW_MEANINGS, { line: shape.integer({ min: 0 }), values }))

/** What is asked of `POST /v1/imports`. */
export const IMPORT = shape.object(
  describedMembers(IMPORT_MEANINGS, {
    format: shape.choice(FORMATS),
    source,
    columns: shape.optional(columns),
    mapping: shape.optional(
      shape.map({ ...target, schema: about(target.schema, `One of ${TARGETS_ALLOWED}.`) }, { lengthMax: COLUMNS_MAX }),
    ),
    match: shape.nullable(shape.choice(MATCH_FIELDS)),
    customerId: shape.optional(shape.integer({ min: 1 })),
    dryRun: shape.defaulted(shape.boolean, false),
    rows: shape.list(row, { lengthMax: BATCH_SIZE_MAX }),
  }),
)

type Import = ShapeOf<typeof IMPORT>

/** The source of this name, which the shape has let in. */
export function sourceNamed(name: string): Source {
  const found = SOURCES.find((one) => one.name === name)
  if (found === undefined) throw new Error(`There is no source ${name}.`)
  return found
}

/** What the columns are told to mean: as in the source where it says the same, else as Rollcall's own fields. */
export function chosenColumns(
  { format, columns = [], mapping = {} }: Import,
  from: Source,
): ReadonlyMap<string, Column> {
  return new Map(
    Object.entries(mapping).map(([name, target]) => {
      const at = memberPath('mapping', excerpt(name))
      if (format === 'csv' && !columns.includes(name)) {
        throw invalid('unknown', `${at} is no column; columns does not name it.`, { in: 'body', name: at })
      }
      return [name, chosenColumn(target, sourceColumn(from, name), at)]
    }),
  )
}

function chosenColumn(target: string | null, own: Column | undefined, at: string): Column {
  if (target === null) return ignored
  const column = own?.target === target ? own : targetColumn(target)
  if (column) return column
  const where = { in: 'body', name: at, allowed: TARGETS_ALLOWED, value: excerpt(target) } as const
  throw invalid('value', `${at} must be one of ${TARGETS_ALLOWED}.`, where)
}

/** The cells of each row. Throws `invalid` for rows that are not of the format. */
export function rowsOf({ format, columns, rows }: Import): readonly Cells[] {
  if (format === 'csv' && columns === undefined) {
    throw invalid('missing', 'columns is required for csv.', { in: 'body', name: 'columns' })
  }
  return rows.map(({ values }, index) => {
    const at = `rows.${index}.values`
    if (format === 'csv' && isRecordOfTexts(values)) return recordCells(values, columns ?? [])
    if (format === 'jsonl' && isRecord(values as Json)) return objectCells(values as Readonly<Record<string, Json>>)
    const expected = format === 'csv' ? 'array of strings' : 'object'
    const actual = shape.jsonType(values)
    throw invalid('type', `${at} must be of type ${expected}, not ${actual}.`, {
      in: 'body',
      name: at,
      expected,
      actual,
    })
  })
}

function isRecordOfTexts(values: unknown): values is readonly string[] {
  return Array.isArray(values) && values.every((value) => typeof value === 'string')
}
