import type { Meanings } from '../../meaning.ts'
import type { ShownToken } from '../token.ts'
import { REVISION_MEANING } from './revision.ts'

const SCOPE = 'The number of the customer at the top of what may be seen, or `all`.'

/** What the fields of a token mean, wherever one stands. */
export const TOKEN_MEANINGS = {
  id: 'The id of the token, which is also its client id where tokens are exchanged.',
  use:
    'What it is for: `bearer` is shown in Authorization; `sign-in` is the right to sign in with a password; a `session` is kept ' +
    'by a browser; `setup` makes the first administrator.',
  name: 'What the token is called; of a session, the user agent it was opened by.',
  userId: 'The id of the user the token belongs to, and acts as.',
  permissions: 'What the token may do; `admin` includes all the others.',
  scope: SCOPE,
  createdAt: 'When the token was issued: RFC 3339 in UTC, with milliseconds.',
  createdBy: 'The id of the user who issued it; null for the operator, and for readers without users:read-metadata.',
  expiresAt: 'When the token stops working: RFC 3339, shown in UTC; null for never.',
  revokedAt: 'When the token was revoked: RFC 3339 in UTC, with milliseconds; null where it was not.',
  lastUsedAt: 'When the token was last used: RFC 3339 in UTC; null where it never was.',
} as const satisfies Meanings<keyof ShownToken>

/** What an answer about one token has besides. */
export const ONE_TOKEN_MEANINGS = {
  ...TOKEN_MEANINGS,
  revision: REVISION_MEANING,
} as const

/** What only the answer to the one who issues it has. */
export const ISSUED_MEANINGS = {
  ...ONE_TOKEN_MEANINGS,
  secret: 'The token itself, to be sent as `Authorization: Bearer <token>`. It is in this answer only.',
} as const

/** What a new token is to be. */
export const NEW_TOKEN_MEANINGS = {
  ...TOKEN_MEANINGS,
  name: 'What the token is to be called.',
  expiresAt: 'When the token is to stop working: RFC 3339 with an offset; null or absent for never.',
} as const

/** How a user signs in. */
export const SIGN_IN_MEANINGS = {
  permissions: 'What the user may do once signed in; `admin` includes all the others.',
  scope: SCOPE,
  hasPassword: 'Whether there is a password to sign in with.',
  lastUsedAt: 'When the user last signed in with it: RFC 3339 in UTC; null where they never did.',
  password: 'A password to sign in with, of which only an Argon2id hash is kept; the one there is stays when absent.',
  revision: REVISION_MEANING,
} as const

/** Who asks. */
export const ME_MEANINGS = {
  user: 'The user of the caller.',
  token: 'The token the caller asks with; in a browser, its session.',
  usage: 'How many requests the user of the caller has made.',
  revision: REVISION_MEANING,
} as const

/** How much somebody asks. */
export const USAGE_MEANINGS = {
  total: 'Requests in all, this one included.',
  today: 'Requests since 00:00 UTC, this one included.',
} as const
