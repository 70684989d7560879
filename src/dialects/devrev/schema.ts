import type { Schema } from '../operation.ts'
import { STATES } from './user.ts'

const text: Schema = { type: 'string' }
const id: Schema = { type: 'string', description: 'Globally unique id (DON).' }
const displayId: Schema = { type: 'string', description: 'Id within the organisation, `SYSU-7`.' }
const instant: Schema = { type: 'string', format: 'date-time' }
const state: Schema = { type: 'string', enum: STATES }

const picture: Schema = {
  type: 'object',
  properties: {
    display_id: text,
    id: text,
    file: { type: 'object', properties: { type: text, name: text, size: { type: 'integer', description: 'Bytes.' } } },
  },
  required: ['id'],
}

const summary: Schema = {
  type: 'object',
  properties: {
    type: { type: 'string', enum: ['dev_user', 'rev_user', 'service_account', 'sys_user'] },
    display_id: displayId,
    id,
    display_name: text,
    display_picture: picture,
    email: text,
    full_name: text,
    state,
  },
  required: ['type', 'id'],
}

const user: Schema = {
  type: 'object',
  properties: {
    created_by: { ...summary, description: 'Only for callers with users:read-metadata.' },
    created_date: instant,
    display_id: displayId,
    id,
    modified_by: { ...summary, description: 'Only for callers with users:read-metadata.' },
    modified_date: instant,
    display_name: text,
    display_picture: picture,
    email: text,
    full_name: text,
    phone_numbers: { type: 'array', items: text },
    primary_identity: summary,
    state,
  },
  required: ['id'],
}

/** The answer to a list. A cursor is absent when there is nothing in its direction. */
export const pageSchema: Schema = {
  type: 'object',
  properties: { next_cursor: text, prev_cursor: text, sys_users: { type: 'array', items: user } },
  required: ['sys_users'],
}

/** The answer to an update. */
export const changedSchema: Schema = { type: 'object', properties: { sys_user: user }, required: ['sys_user'] }

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
