import type { Meanings } from '../meaning.ts'
import type { WireUser } from './user.ts'

/** A user, in an answer as in a body. */
export const USER_MEANINGS = {
  id: 'The unique identifier of the user: `usr-` and a number.',
  name: 'The name of the user.',
  email: 'The e-mail address of the user, which no other user has; null where none is known.',
  country:
    'The country of the user, such as a code that `GET /api/users/countries` lists; null where none is known. Any other text may stand here too.',
  timeZone:
    'The time zone of the user by its IANA name, as `GET /api/users/timeZones` lists them; null where none is known.',
  description: 'An additional description of the user; null where there is none.',
  message: 'A message associated with the user; null where there is none.',
  disabled: 'Whether the user is disabled, and so may not act.',
  disabledMessage: 'Why the user is disabled; null where nothing is said.',
  tags: 'The tags associated with the user: a text for each name. Null sent in stands for none.',
  privileges: 'The privileges of the user, in words of your own. Null sent in stands for none.',
  group: 'The group the user belongs to; null where there is none.',
  deviceId: 'The identifier of the user’s device; null where there is none.',
  adminDevices: 'How many devices the user manages; null where it is not known.',
  from: 'When the user’s activity starts, by RFC 3339 and shown in UTC to the second; null where no start is set.',
  expires: 'When the user expires, by RFC 3339 and shown in UTC to the second; null for never.',
  password: 'Always null: a password is never shown.',
  creation: 'When the user was created: RFC 3339 in UTC, to the second.',
  modification: 'When the user was last modified: RFC 3339 in UTC, to the second.',
  lastLogin: 'When the user last logged in: RFC 3339 in UTC, to the second; null where it is not known.',
} as const satisfies Meanings<keyof WireUser>

/** One of the tags of a user. */
export const TAG_MEANING = 'The text of the tag.'

/** What means more, or something else, when a writer sends it. */
export const WRITTEN_MEANINGS = {
  ...USER_MEANINGS,
  disabled: 'Whether the user is disabled, and so may not act. Absent, a new user is not and another stays as it is.',
  password:
    'A password for the user, of which only an Argon2id hash is kept. Absent or null, the one there is stays as it is.',
} as const satisfies Meanings<keyof WireUser>

/** What a writer may send back as an answer had it. */
export const KEPT_MEANING = 'Kept by the server: it may be sent back as it was shown, and is not taken over.'

/** What stands around users, and in an error. */
export const ENVELOPE_MEANINGS = {
  success: 'Whether the request was successful.',
  error: 'What is wrong, in a sentence; there only where success is false.',
  apiUsage: 'How many requests the caller has made in all, this one included.',
  apiDailyUsage: 'How many requests the caller has made since 00:00 UTC, this one included.',
  users: 'The users the caller may see, in the order of their creation.',
  countries: 'The names of countries by ISO 3166-1 alpha-2 code.',
  timeZones: 'The names of time zones by IANA name.',
} as const

/** One operation of a JSON Patch (RFC 6902 §4). */
export const PATCH_MEANINGS = {
  op: 'What is to be done at path.',
  path: 'A place in the user as it is shown: a JSON Pointer (RFC 6901) such as `/email`, or nothing for the whole user.',
  from: 'The place to move or copy from, as a JSON Pointer. Only for move and copy, which need it.',
  value: 'The value to add, to put in place of another or to test for. Only for add, replace and test, which need it.',
} as const

/** What a token is asked for with, and what is answered. */
export const TOKEN_MEANINGS = {
  userName: 'The identifier or e-mail address of the user the key belongs to.',
  apiKey: 'The key: a Rollcall token of this user.',
  success: ENVELOPE_MEANINGS.success,
  token: 'The signed token (JWT), to be sent as `Authorization: Bearer <token>`.',
  expires: 'When the token expires: RFC 3339 in UTC, to the second.',
} as const
