import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { ANSWER_MEANINGS, FILE_MEANINGS, PICTURE_MEANINGS, SUMMARY_MEANINGS, USER_MEANINGS } from './meaning.ts'
import { STATES } from './user.ts'

const text: Schema = { type: 'string' }
const instant: Schema = { type: 'string', format: 'date-time' }
const displayId: Schema = { type: 'string', pattern: '^SYSU-[1-9][0-9]*$' }
const state: Schema = { type: 'string', enum: STATES }

const file: Schema = {
  type: 'object',
  properties: describedSchemas(FILE_MEANINGS, { type: text, name: text, size: { type: 'integer', minimum: 0 } }),
}

const picture: Schema = {
  type: 'object',
  properties: describedSchemas(PICTURE_MEANINGS, { display_id: text, id: text, file }),
  required: ['id'],
}

const summary: Schema = {
  type: 'object',
  properties: describedSchemas(SUMMARY_MEANINGS, {
    type: { type: 'string', enum: ['dev_user', 'rev_user', 'service_account', 'sys_user'] },
    display_id: displayId,
    id: text,
    display_name: text,
    display_picture: picture,
    email: text,
    full_name: text,
    state,
  }),
  required: ['type', 'id'],
}

const user: Schema = {
  type: 'object',
  properties: describedSchemas(USER_MEANINGS, {
    created_by: summary,
    created_date: instant,
    display_id: displayId,
    id: text,
    modified_by: summary,
    modified_date: instant,
    display_name: text,
    display_picture: picture,
    email: text,
    full_name: text,
    phone_numbers: { type: 'array', items: text },
    primary_identity: summary,
    state,
  }),
  required: ['id'],
}

/** The answer to a list. A cursor is absent when there is nothing in its direction. */
export const pageSchema: Schema = {
  type: 'object',
  properties: describedSchemas(ANSWER_MEANINGS, {
    next_cursor: text,
    prev_cursor: text,
    sys_users: { type: 'array', items: user },
  }),
  required: ['sys_users'],
}

/** The answer to an update. */
export const changedSchema: Schema = {
  type: 'object',
  properties: describedSchemas(ANSWER_MEANINGS, { sys_user: user }),
  required: ['sys_user'],
}

/** One user as the reference shows it. */
export const exampleUser = {
  created_date: '2023-01-01T12:00:00.000Z',
  display_id: 'SYSU-7',
  id: 'don:identity:dvrv-us-1:devo/rollcall:sysu/7',
  modified_date: '2023-01-01T12:00:00.000Z',
  display_name: 'Jane',
  display_picture: {
    display_id: 'ARTIFACT-12345',
    id: 'don:core:dvrv-us-1:devo/rollcall:artifact/12345',
    file: { type: 'image/png', name: 'jane.png', size: 4096 },
  },
  email: 'jane.doe@example.com',
  full_name: 'Jane Doe',
  phone_numbers: ['+33612345679'],
  state: 'active',
}
