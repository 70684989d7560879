import { DOCUMENT_FIELDS } from '../../core/document.ts'
import * as limits from '../../core/limits.ts'
import { STATUSES, USER_TYPES, type User } from '../../core/user.ts'
import { about, describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { PICTURE_MEANINGS, TAG_MEANING, USER_MEANINGS } from './meaning/user.ts'

const text = (maxLength: number, more: Schema = {}): Schema => ({ type: 'string', maxLength, ...more })
const optionalText = (maxLength: number, more: Schema = {}): Schema => ({
  type: ['string', 'null'],
  maxLength,
  ...more,
})
const instant = { type: 'string', format: 'date-time' } as const
const optionalInstant = { type: ['string', 'null'], format: 'date-time' } as const
const id = { type: 'string', format: 'uuid' } as const
const optionalId = { type: ['string', 'null'], format: 'uuid' } as const

const picture: Schema = {
  type: ['object', 'null'],
  properties: describedSchemas(PICTURE_MEANINGS, {
    id: text(limits.SHORT_TEXT_LENGTH_MAX),
    displayId: optionalText(limits.SHORT_TEXT_LENGTH_MAX),
    name: text(limits.SHORT_TEXT_LENGTH_MAX),
    mediaType: text(limits.SHORT_TEXT_LENGTH_MAX),
    sizeBytes: { type: 'integer', minimum: 0 },
  }),
  required: ['id', 'name', 'mediaType', 'sizeBytes'],
  additionalProperties: false,
}

const MEMBERS: Readonly<Record<keyof User, Schema>> = describedSchemas(USER_MEANINGS, {
  id,
  number: { type: 'integer', minimum: 1 },
  customerId: { type: 'integer', minimum: 1 },
  identifier: text(limits.IDENTIFIER_LENGTH_MAX, { minLength: 1 }),
  givenName: optionalText(limits.NAME_LENGTH_MAX),
  familyName: optionalText(limits.NAME_LENGTH_MAX),
  fullName: text(2 * limits.NAME_LENGTH_MAX + 1, { minLength: 1 }),
  displayName: optionalText(limits.NAME_LENGTH_MAX),
  email: optionalText(limits.EMAIL_LENGTH_MAX, { format: 'email' }),
  phones: { type: 'array', items: text(64), maxItems: limits.LIST_LENGTH_MAX },
  language: optionalText(64),
  country: optionalText(limits.SHORT_TEXT_LENGTH_MAX),
  timeZone: optionalText(64),
  description: optionalText(limits.TEXT_LENGTH_MAX),
  userType: { type: 'string', enum: USER_TYPES },
  role: optionalText(limits.SHORT_TEXT_LENGTH_MAX),
  permissions: { type: 'array', items: text(limits.SHORT_TEXT_LENGTH_MAX), maxItems: limits.LIST_LENGTH_MAX },
  group: optionalText(limits.SHORT_TEXT_LENGTH_MAX),
  status: { type: 'string', enum: STATUSES },
  statusReason: optionalText(limits.TEXT_LENGTH_MAX),
  message: optionalText(limits.TEXT_LENGTH_MAX),
  tags: {
    type: 'object',
    additionalProperties: about(text(limits.VALUE_LENGTH_MAX), TAG_MEANING),
    maxProperties: limits.LIST_LENGTH_MAX,
  },
  deviceId: optionalText(limits.SHORT_TEXT_LENGTH_MAX),
  adminDevices: { type: ['integer', 'null'], minimum: 0, maximum: 2 ** 31 },
  validFrom: optionalInstant,
  expiresAt: optionalInstant,
  lastLoginAt: optionalInstant,
  picture,
  primaryIdentity: optionalId,
  externalId: optionalText(limits.IDENTIFIER_LENGTH_MAX),
  attributes: { type: 'object', additionalProperties: true, maxProperties: limits.LIST_LENGTH_MAX },
  createdAt: instant,
  updatedAt: instant,
  revision: { type: 'integer', minimum: 0 },
  createdBy: optionalId,
  updatedBy: optionalId,
})

/** The members of a user, in the order in which they are written out. */
export const USER_MEMBERS = Object.fromEntries(DOCUMENT_FIELDS.map((field) => [field, MEMBERS[field]]))
const ALWAYS = DOCUMENT_FIELDS.filter((field) => field !== 'createdBy' && field !== 'updatedBy')

/** A user with everything the caller may read. */
export const USER: Schema = {
  title: 'User',
  type: 'object',
  properties: USER_MEMBERS,
  required: ALWAYS,
  additionalProperties: false,
}

/** A user with the members that `fields` named. */
export const PARTIAL_USER: Schema = {
  title: 'PartialUser',
  type: 'object',
  properties: USER_MEMBERS,
  additionalProperties: false,
}

/** A user, in examples. */
export const EXAMPLE_USER: User = {
  id: '5ec2c050-7aa8-48b4-98d7-7c972dfabf6f',
  number: 12,
  customerId: 1234,
  identifier: 'jane.doe@company.fr',
  givenName: 'Jane',
  familyName: 'Doe',
  fullName: 'Jane Doe',
  displayName: null,
  email: 'jane.doe@company.fr',
  phones: ['+33612345679'],
  language: 'fr',
  country: 'FR',
  timeZone: 'Europe/Paris',
  description: null,
  userType: 'user',
  role: null,
  permissions: [],
  group: null,
  status: 'active',
  statusReason: null,
  message: null,
  tags: { team: 'registry' },
  deviceId: null,
  adminDevices: null,
  validFrom: null,
  expiresAt: '2050-12-24T23:00:00.000Z',
  lastLoginAt: null,
  picture: null,
  primaryIdentity: null,
  externalId: null,
  attributes: {},
  createdAt: '2022-12-31T23:00:00.000Z',
  updatedAt: '2022-12-31T23:00:00.000Z',
  revision: 4,
  createdBy: '7a1506b9-9ce4-43f9-a6f0-e94ef4252277',
  updatedBy: '7a1506b9-9ce4-43f9-a6f0-e94ef4252277',
}
