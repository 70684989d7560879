import * as limits from '../../core/limits.ts'
import { PERMISSIONS } from '../../core/principal.ts'
import { describedMembers } from '../meaning.ts'
import * as shape from '../shape.ts'
import { CREDENTIALS_MEANINGS, PASSWORD_CHANGE_MEANINGS, SETUP_MEANINGS } from './meaning/session.ts'
import { SIGN_IN_MEANINGS } from './meaning/token.ts'
import { USER_MEANINGS } from './meaning/user.ts'
import { SCOPE } from './token-operation.ts'

const text = (lengthMax: number) => shape.string({ lengthMin: 1, lengthMax })
const password = text(limits.PASSWORD_LENGTH_MAX)
// That it has its length is the core's to say, which counts what people take for characters.
const secret = { ...password, schema: { ...password.schema, minLength: limits.PASSWORD_LENGTH_MIN } }

/** What opens a session: identifier or e-mail address and password, or a token. */
export const CREDENTIALS = shape.object(
  describedMembers(CREDENTIALS_MEANINGS, {
    identifier: shape.optional(text(limits.EMAIL_LENGTH_MAX)),
    password: shape.optional(password),
    token: shape.optional(text(limits.VALUE_LENGTH_MAX)),
  }),
)

/** What the first administrator says. */
export const SET_UP = shape.object(
  describedMembers(SETUP_MEANINGS, {
    secret: text(limits.VALUE_LENGTH_MAX),
    user: shape.object(
      describedMembers(USER_MEANINGS, {
        identifier: text(limits.IDENTIFIER_LENGTH_MAX),
        givenName: shape.optional(shape.nullable(shape.string())),
        familyName: shape.optional(shape.nullable(shape.string())),
        email: shape.optional(shape.nullable(shape.string())),
      }),
    ),
    password: secret,
  }),
)

/** A new password, and the one there is. */
export const NEW_PASSWORD = shape.object(describedMembers(PASSWORD_CHANGE_MEANINGS, { current: password, new: secret }))

/** What a user may do when signing in. */
export const SIGN_IN_DRAFT = shape.object(
  describedMembers(SIGN_IN_MEANINGS, {
    permissions: shape.list(shape.choice(PERMISSIONS), { lengthMax: limits.LIST_LENGTH_MAX }),
    scope: SCOPE,
    password: shape.optional(secret),
  }),
)
