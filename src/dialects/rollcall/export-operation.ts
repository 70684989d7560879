import * as parameter from '../parameter.ts'
import type { Parameter } from '../parameter.ts'
import { EXPORT_FORMATS, FORMULA_RULES } from './export-text.ts'
import { LIST_PARAMETERS } from './list-input.ts'
import { LIST_REFUSALS } from './list-operation.ts'
import type { Promised } from './user-operation.ts'
import { EXAMPLE_USER } from './user-schema.ts'

/** The media type of each format. */
export const EXPORT_TYPES = { csv: 'text/csv', jsonl: 'application/jsonl' } as const

const PAGING = ['limit', 'offset', 'page', 'cursor', 'count']

/** What says how users are written out. */
export const FORM_PARAMETERS = {
  format: parameter.choice({
    description: 'CSV with a header, or JSON Lines: an object per line.',
    of: EXPORT_FORMATS,
    otherwise: 'csv',
  }),
  formulas: parameter.choice({
    description:
      'What becomes of CSV cells that a spreadsheet may take for a formula, since they begin with =, +, -, @, a tab or a ' +
      'carriage return: they get an apostrophe in front, or are kept as they are. Keep them to import the file again.',
    of: FORMULA_RULES,
    otherwise: 'quote',
  }),
}

/** Every parameter of an export: those of a list but for its pages. */
export const EXPORT_PARAMETERS: Readonly<Record<string, Parameter<unknown>>> = {
  ...FORM_PARAMETERS,
  ...Object.fromEntries(Object.entries(LIST_PARAMETERS).filter(([name]) => !PAGING.includes(name))),
}

const { id, identifier, fullName, status } = EXAMPLE_USER

/** `GET /v1/users/export`. */
export const EXPORT_USERS: Promised = {
  id: 'exportUsers',
  summary: 'Export users',
  description:
    'All users that match, as a file to be saved, however many they are, two at once for each token: it is sent while it is read, so that it may ' +
    'end early; only a connection that ended as it should has brought all of it. The columns are called as the members of a ' +
    'user, so that an import understands the file, and stand in the order in which fields names them. Lists stand in one cell with semicolons between their entries or as a ' +
    'JSON list, tags and attributes as a JSON object, and a text that would not survive otherwise as a JSON text.',
  responses: [
    {
      status: 200,
      description: 'The file.',
      mediaType: EXPORT_TYPES.csv,
      schema: { type: 'string' },
      example: `id,identifier,fullName,status\r\n${id},${identifier},${fullName},${status}\r\n`,
    },
    {
      status: 200,
      description: 'The file.',
      mediaType: EXPORT_TYPES.jsonl,
      schema: { type: 'string' },
      example: `${JSON.stringify({ id, identifier, fullName, status })}\n`,
    },
  ],
  refusals: LIST_REFUSALS.filter(({ where }) => !PAGING.includes(where?.name ?? '')),
}
