import * as limits from '../../../core/limits.ts'
import type { Picture, User } from '../../../core/user.ts'
import type { Meanings } from '../../meaning.ts'
import { REVISION_MEANING } from './revision.ts'

const METADATA = 'Only for callers with users:read-metadata.'

/** What the fields of a user mean, wherever one stands: in bodies, answers, patches and batches. */
export const USER_MEANINGS = {
  id: 'The id of the user, a UUID in lower case.',
  number: 'The number of the user, which grows in creation order and is never used again.',
  customerId: 'The number of the customer the user belongs to.',
  identifier: 'What the user signs in with; unique among live users, whatever the letter case and accents.',
  givenName: 'The given name; null where none is known.',
  familyName: 'The family name; null where none is known.',
  fullName: 'The full name as given, else given and family name, else display name, else identifier. Never empty.',
  displayName: 'The name the user goes by; null where there is none.',
  email: 'The e-mail address; unique among live users, whatever the letter case. Null where none is known.',
  phones: 'Telephone numbers, the main one first; empty where none are known.',
  language: 'The language of the user as a BCP 47 tag, such as fr-CA; null where none is known.',
  country: 'The country, best as an ISO 3166-1 alpha-2 code such as FR; null where none is known.',
  timeZone: 'The IANA time zone, such as Europe/Paris; null where none is known.',
  description: 'What there is to say of the user; null where nothing is. Search looks into it.',
  userType: 'What kind of user it is: one who administers, an ordinary one, or a client.',
  role: 'The role of the user, in words of your own; null where there is none.',
  permissions: 'What the user may do elsewhere, in words of your own. They are not the permissions of a token.',
  group: 'The group the user belongs to; null where there is none.',
  status: 'How it stands with the user. Tokens of users who are not active, onboarding or risky do not work.',
  statusReason: 'Why the user has the status; null where nothing is said.',
  message: 'A message for the user; null where there is none.',
  tags: 'Named texts of your own. A filter asks for tags.team.',
  deviceId: 'The id of the user’s device; null where there is none.',
  adminDevices: 'How many devices the user manages; null where it is not known.',
  validFrom: 'From when on the user is valid: RFC 3339, shown in UTC; null where no beginning is set.',
  expiresAt: 'When the user ends, and their tokens with them: RFC 3339, shown in UTC; null for never.',
  lastLoginAt: 'When the user last logged in, as a writer told it: RFC 3339, shown in UTC; null where it is not known.',
  picture: 'A picture that is kept elsewhere; null where there is none.',
  primaryIdentity: 'The id of the user who is this one’s primary identity; null where there is none.',
  externalId: 'What another system calls the user; null where none does.',
  attributes:
    `Whatever else is to be kept of the user: named JSON values of at most ${limits.ATTRIBUTES_LENGTH_MAX} ` +
    `characters together, nested at most ${limits.ATTRIBUTES_DEPTH_MAX} levels.`,
  createdAt: 'When the user was created: RFC 3339 in UTC, with milliseconds.',
  createdBy: `The id of the user who created this one; null for the operator. ${METADATA}`,
  updatedAt: 'When the user was last changed: RFC 3339 in UTC, with milliseconds.',
  updatedBy: `The id of the user who last changed this one; null for the operator. ${METADATA}`,
  revision: 'The revision of the directory that wrote this version of the user.',
} as const satisfies Meanings<keyof User>

/** What a writer may send besides. */
export const PASSWORD_MEANING =
  'A password, of which only a hash is kept and no answer shows anything; null removes it.'

/** One of the tags of a user. */
export const TAG_MEANING = 'The text of the tag.'

/** A picture. */
export const PICTURE_MEANINGS = {
  id: 'The id of the picture where it is kept.',
  displayId: 'The id people know it by; null where there is none.',
  name: 'The name of its file.',
  mediaType: 'The media type of its file, such as image/png.',
  sizeBytes: 'The size of its file in bytes.',
} as const satisfies Meanings<keyof Picture>

/** One version in the history of a user. */
export const VERSION_MEANINGS = {
  revision: 'The revision of the directory that wrote this version.',
  at: 'When it was written: RFC 3339 in UTC, with milliseconds.',
  by: 'The id of the user who wrote it; null for the operator. An audit needs it, so that users:read-metadata is not asked for.',
  changed: 'The members that differ from the version before; all that are not empty in the first.',
  user: 'The user as this version has it.',
} as const

/** When a user was last there. */
export const LAST_SEEN_MEANINGS = {
  lastSeenAt: 'When the user was last there: RFC 3339 in UTC; null for never.',
  revision: REVISION_MEANING,
} as const
