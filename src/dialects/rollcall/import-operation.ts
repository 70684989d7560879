import { BATCH_SIZE_MAX } from '../../core/limits.ts'
import { describedSchemas, type Meanings } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { bodyRefusals, JSON_TYPE } from './description.ts'
import { DETECTION, IMPORT } from './import-shape.ts'
import {
  COLUMN_MEANINGS,
  DETECTED_MEANINGS,
  RESULT_MEANINGS,
  RESULTS_MEANINGS,
  SOURCE_MEANINGS,
} from './meaning/import.ts'
import type { Promised } from './user-operation.ts'
import { EXAMPLE_USER } from './user-schema.ts'

const text: Schema = { type: 'string' }

function object<M extends Readonly<Record<string, Schema>>>(
  title: string,
  meanings: Meanings<keyof M>,
  members: M,
  optional: readonly string[] = [],
): Schema {
  const required = Object.keys(members).filter((name) => !optional.includes(name))
  const properties = describedSchemas(meanings, members)
  return { title, type: 'object', properties, required, additionalProperties: false }
}

const SOURCE = object('ImportSource', SOURCE_MEANINGS, { name: text, title: text })
const COLUMN = object('ImportColumn', COLUMN_MEANINGS, { column: text, field: { type: ['string', 'null'] } })

const RESULT = object(
  'ImportResult',
  RESULT_MEANINGS,
  {
    line: { type: 'integer', minimum: 0 },
    outcome: { type: 'string', enum: ['created', 'updated', 'unchanged', 'refused'] },
    id: { type: 'string', format: 'uuid' },
    reason: text,
    column: text,
  },
  ['id', 'reason', 'column'],
)

/** `POST /v1/imports/detection`. */
export const DETECT_IMPORT: Promised = {
  id: 'detectImport',
  summary: 'Find out what the columns of a file mean',
  description:
    'By the names of the columns: which kind of file has most of them, and what each of them is there. Of JSON Lines, members ' +
    'of objects are named as profile.login beside profile, and of an object and its members those are answered that count. ' +
    'With source that kind of file is taken; where none fits, it is Rollcall’s own.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'ImportColumns', ...DETECTION.schema },
        example: { format: 'csv', columns: ['login', 'firstName', 'Shoe size'] },
      },
    },
  },
  responses: [
    {
      status: 200,
      description: 'What the columns mean.',
      mediaType: JSON_TYPE,
      schema: object('ImportDetection', DETECTED_MEANINGS, {
        source: text,
        title: text,
        columns: { type: 'array', items: COLUMN },
        fields: { type: 'array', items: text },
        sources: { type: 'array', items: SOURCE },
      }),
      example: {
        source: 'okta',
        title: 'Okta user export',
        columns: [
          { column: 'login', field: 'identifier' },
          { column: 'firstName', field: 'givenName' },
          { column: 'Shoe size', field: null },
        ],
        fields: ['identifier', 'givenName', 'familyName', 'email', 'customer', 'status'],
        sources: [
          { name: 'rollcall', title: 'Rollcall user fields' },
          { name: 'okta', title: 'Okta user export' },
        ],
      },
    },
  ],
  refusals: [
    {
      code: 'invalid',
      reason: 'value',
      example: 'columns names "email" twice.',
      where: { in: 'body', name: 'columns' },
    },
    ...bodyRefusals('columns must be of type array, not string.', {
      name: 'columns',
      expected: 'array',
      actual: 'string',
    }),
  ],
}

/** What an import says to an `Idempotency-Key`. */
export const NO_KEY = 'An import takes no Idempotency-Key; match makes it safe to repeat.'

/** `POST /v1/imports`. */
export const IMPORT_USERS: Promised = {
  id: 'importUsers',
  summary: 'Import rows of a file',
  description:
    `Up to ${BATCH_SIZE_MAX} rows, each written on its own: a result per row, in their order. Nothing is kept between two ` +
    'requests, so that a file of any length comes in as many as it takes, to any server of a directory. Columns mean what they ' +
    'mean in the source, but for those in mapping; null leaves a column out. An empty cell says nothing; a null in JSON clears ' +
    'the field. match says by what a user is known who is there already, and updated instead of made twice; with null every row ' +
    'is a new user. Customers are named by code, which takes the permission customers:read, or id; rows that name none are of ' +
    'customerId, or of the caller’s customer. dryRun says what would become of these rows and writes nothing. Rows that bring ' +
    'what the directory otherwise keeps, such as createdAt, need the permission admin.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'Import', ...IMPORT.schema },
        example: {
          format: 'csv',
          source: 'okta',
          columns: ['login', 'firstName', 'Team'],
          mapping: { Team: 'tags.team' },
          match: 'identifier',
          dryRun: true,
          rows: [
            { line: 2, values: ['ada@example.com', 'Ada', 'engines'] },
            { line: 3, values: ['', 'Nobody', ''] },
          ],
        },
      },
    },
  },
  responses: [
    {
      status: 200,
      description: 'A result per row.',
      mediaType: JSON_TYPE,
      schema: object('ImportResults', RESULTS_MEANINGS, {
        results: { type: 'array', items: RESULT },
        revision: { type: 'integer', minimum: 0 },
      }),
      example: {
        results: [
          { line: 2, outcome: 'updated', id: EXAMPLE_USER.id },
          { line: 3, outcome: 'refused', reason: 'identifier is needed to find the user to update.', column: 'login' },
        ],
        revision: 43,
      },
    },
  ],
  refusals: [
    {
      code: 'invalid',
      reason: 'value',
      example: 'mapping.Team must be one of identifier, givenName, tags.<name>, attributes.<name> or null.',
      where: { in: 'body', name: 'mapping.Team', value: 'surname' },
    },
    {
      code: 'invalid',
      reason: 'missing',
      example: 'columns is required for csv.',
      where: { in: 'body', name: 'columns' },
    },
    { code: 'invalid', reason: 'value', example: NO_KEY, where: { in: 'header', name: 'Idempotency-Key' } },
    ...bodyRefusals('rows.0.values must be of type array of strings, not object.', {
      name: 'rows.0.values',
      expected: 'array of strings',
      actual: 'object',
    }),
  ],
}
