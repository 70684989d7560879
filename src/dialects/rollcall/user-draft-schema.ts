import * as limits from '../../core/limits.ts'
import { about } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { PASSWORD_MEANING } from './meaning/user.ts'
import { USER_MEMBERS } from './user-schema.ts'

// What a new user has of what is not said, and a replaced one too; null goes without saying.
const DEFAULTS: Readonly<Record<string, unknown>> = {
  phones: [],
  userType: 'user',
  permissions: [],
  status: 'active',
  tags: {},
  attributes: {},
}

const password = about(
  { type: ['string', 'null'], maxLength: limits.PASSWORD_LENGTH_MAX, writeOnly: true },
  PASSWORD_MEANING,
)

function withDefault([name, schema]: readonly [string, Schema]): readonly [string, Schema] {
  return [name, name in DEFAULTS ? { ...schema, default: DEFAULTS[name] } : schema]
}

/** What a writer says of a user. */
export const USER_DRAFT: Schema = {
  title: 'UserDraft',
  type: 'object',
  description:
    'Members left out get their defaults. What the directory keeps (id, number, createdAt, createdBy, updatedAt, ' +
    'updatedBy) may be sent as it was read; revision then is the version that must still be the current one. With the ' +
    'permission admin, a new user may bring what the directory keeps. A user needs an identifier or an email.',
  properties: { ...Object.fromEntries(Object.entries(USER_MEMBERS).map(withDefault)), password },
  additionalProperties: false,
}

// A merge patch says null of lists and maps to empty them, and of an entry of a map to take it out.
const EMPTIED = ['phones', 'permissions', 'tags', 'attributes']

function patched([name, schema]: readonly [string, Schema]): readonly [string, Schema] {
  const { type, properties, additionalProperties: entry, required, ...rest } = schema
  return [
    name,
    {
      type: EMPTIED.includes(name) ? [type, 'null'] : type,
      ...rest,
      ...(properties === undefined ? {} : { properties, additionalProperties: false }),
      ...(entry === undefined || properties !== undefined ? {} : { additionalProperties: patchedEntry(entry) }),
    },
  ]
}

function patchedEntry(entry: unknown): unknown {
  return typeof entry === 'object' ? { ...entry, type: ['string', 'null'] } : entry
}

/** A merge patch (RFC 7396): members to set, null to empty them; maps are merged entry by entry. */
export const USER_PATCH: Schema = {
  title: 'UserPatch',
  type: 'object',
  description:
    'Members left out stay as they are. Null empties a list or a map, and takes an entry out of one; revision, where it is ' +
    'sent, is the version that must still be the current one.',
  properties: { ...Object.fromEntries(Object.entries(USER_MEMBERS).map(patched)), password },
  additionalProperties: false,
}
