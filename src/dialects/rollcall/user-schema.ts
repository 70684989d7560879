import { DOCUMENT_FIELDS } from '../../core/document.ts'
import * as limits from '../../core/limits.ts'
import { STATUSES, USER_TYPES, type User } from '../../core/user.ts'
import type { Schema } from '../operation.ts'

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

const MEMBERS: Readonly<Record<keyof User, Schema>> = {
  id,
  number: { type: 'integer', minimum: 1, description: 'Grows in creation order and is never used again.' },
  customerId: { type: 'integer', minimum: 1 },
  identifier: text(limits.IDENTIFIER_LENGTH_MAX, {
    minLength: 1,
    description: 'What the user signs in with; unique among live users, whatever the letter case and accents.',
  }),
  givenName: optionalText(limits.NAME_LENGTH_MAX),
  familyName: optionalText(limits.NAME_LENGTH_MAX),
  fullName: text(2 * limits.NAME_LENGTH_MAX + 1, {
    minLength: 1,
    description: 'As given, else given and family name, else display name, else identifier.',
  }),
  displayName: optionalText(limits.NAME_LENGTH_MAX),
  email: optionalText(limits.EMAIL_LENGTH_MAX, { description: 'Unique among live users.' }),
  phones: { type: 'array', items: text(64), maxItems: limits.LIST_LENGTH_MAX },
  language: optionalText(64, { description: 'A BCP 47 tag.' }),
  country: optionalText(limits.SHORT_TEXT_LENGTH_MAX),
  timeZone: optionalText(64, { description: 'An IANA zone.' }),
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
    additionalProperties: text(limits.VALUE_LENGTH_MAX),
    maxProperties: limits.LIST_LENGTH_MAX,
  },
  deviceId: optionalText(limits.SHORT_TEXT_LENGTH_MAX),
  adminDevices: { type: ['integer', 'null'], minimum: 0, maximum: 2 ** 31 },
  validFrom: optionalInstant,
  expiresAt: optionalInstant,
  lastLoginAt: optionalInstant,
  picture: {
    type: ['object', 'null'],
    properties: {
      id: text(limits.SHORT_TEXT_LENGTH_MAX),
      displayId: optionalText(limits.SHORT_TEXT_LENGTH_MAX),
      name: text(limits.SHORT_TEXT_LENGTH_MAX),
      mediaType: text(limits.SHORT_TEXT_LENGTH_MAX),
      sizeBytes: { type: 'integer', minimum: 0 },
    },
    required: ['id', 'name', 'mediaType', 'sizeBytes'],
    additionalProperties: false,
  },
  primaryIdentity: optionalId,
  externalId: optionalText(limits.IDENTIFIER_LENGTH_MAX),
  attributes: {
    type: 'object',
    description: `Anything else, at most ${limits.ATTRIBUTES_LENGTH_MAX} characters of JSON.`,
    additionalProperties: true,
  },
  createdAt: instant,
  updatedAt: instant,
  revision: { type: 'integer', minimum: 0, description: 'The revision of the directory that wrote this version.' },
  createdBy: { ...optionalId, description: 'Only for callers with users:read-metadata.' },
  updatedBy: { ...optionalId, description: 'Only for callers with users:read-metadata.' },
}

const ORDERED = Object.fromEntries(DOCUMENT_FIELDS.map((field) => [field, MEMBERS[field]]))
const ALWAYS = DOCUMENT_FIELDS.filter((field) => field !== 'createdBy' && field !== 'updatedBy')

/** A user with everything the caller may read. */
export const USER: Schema = {
  title: 'User',
  type: 'object',
  properties: ORDERED,
  required: ALWAYS,
  additionalProperties: false,
}

/** A user with the members that `fields` named. */
export const PARTIAL_USER: Schema = {
  title: 'PartialUser',
  type: 'object',
  properties: ORDERED,
  additionalProperties: false,
}

/** What a writer says of a user. */
export const USER_DRAFT: Schema = {
  title: 'UserDraft',
  type: 'object',
  description:
    'Members left out get their defaults. What the directory keeps (id, number, createdAt, createdBy, updatedAt, ' +
    'updatedBy) may be sent as it was read; revision then is the version that must still be the current one. With the ' +
    'permission admin, a new user may bring what the directory keeps. A user needs an identifier or an email.',
  properties: {
    ...ORDERED,
    password: {
      ...optionalText(limits.PASSWORD_LENGTH_MAX),
      writeOnly: true,
      description: 'Only a hash of it is kept, and no answer ever shows it.',
    },
  },
  additionalProperties: false,
}

/** A merge patch (RFC 7396): members to set, null to empty them; maps are merged entry by entry. */
export const USER_PATCH: Schema = { title: 'UserPatch', type: 'object', additionalProperties: true }

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
