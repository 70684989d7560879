import { REVISION_MEANING } from './revision.ts'

/** How a session is opened. */
export const CREDENTIALS_MEANINGS = {
  identifier: 'The identifier or the e-mail address of the user, with password.',
  password: 'The password of the user, with identifier.',
  token: 'A bearer token, instead of identifier and password.',
} as const

/** What the first administrator says. */
export const SETUP_MEANINGS = {
  secret: 'The secret of the set-up link, which works once, for 30 minutes.',
  user: 'Who is to be the administrator.',
  password: 'The password to sign in with, of which only an Argon2id hash is kept.',
} as const

/** Whether there is one. */
export const SETUP_STATE_MEANINGS = {
  isSetUp: 'Whether anybody can sign in with a password.',
} as const

/** A change of one's own password. */
export const PASSWORD_CHANGE_MEANINGS = {
  current: 'The password there is.',
  new: 'The password to sign in with from now on, of which only an Argon2id hash is kept.',
} as const

/** A session of a browser. */
export const SESSION_MEANINGS = {
  id: 'The id of the session.',
  createdAt: 'When it was opened: RFC 3339 in UTC, with milliseconds.',
  expiresAt: 'When it ends by itself: RFC 3339 in UTC, with milliseconds.',
  lastUsedAt: 'When it was last used: RFC 3339 in UTC; null where it never was.',
  isCurrent: 'Whether it is the one that asks.',
  userAgent: 'The browser it was opened by, as that calls itself; null where it is not known.',
} as const

/** All sessions of somebody. */
export const SESSION_LIST_MEANINGS = {
  sessions: 'The sessions that go on.',
  revision: REVISION_MEANING,
} as const

/** Who is signed in. */
export const CURRENT_SESSION_MEANINGS = {
  me: 'Who is signed in; null for nobody.',
} as const
