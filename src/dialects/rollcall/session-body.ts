import * as limits from '../../core/limits.ts'
import { PERMISSIONS } from '../../core/principal.ts'
import * as shape from '../shape.ts'
import { SCOPE } from './token-operation.ts'

const text = (lengthMax: number) => shape.string({ lengthMin: 1, lengthMax })
const password = text(limits.PASSWORD_LENGTH_MAX)

/** What opens a session: identifier or e-mail address and password, or a token. */
export const CREDENTIALS = shape.object({
  identifier: shape.optional(text(limits.EMAIL_LENGTH_MAX)),
  password: shape.optional(password),
  token: shape.optional(text(limits.VALUE_LENGTH_MAX)),
})

/** What the first administrator says. */
export const SET_UP = shape.object({
  secret: text(limits.VALUE_LENGTH_MAX),
  user: shape.object({
    identifier: text(limits.IDENTIFIER_LENGTH_MAX),
    givenName: shape.optional(shape.nullable(shape.string())),
    familyName: shape.optional(shape.nullable(shape.string())),
    email: shape.optional(shape.nullable(shape.string())),
  }),
  password,
})

/** A new password, and the one there is. */
export const NEW_PASSWORD = shape.object({ current: password, new: password })

/** What a user may do when signing in. */
export const SIGN_IN_DRAFT = shape.object({
  permissions: shape.list(shape.choice(PERMISSIONS), { lengthMax: limits.LIST_LENGTH_MAX }),
  scope: SCOPE,
  password: shape.optional(password),
})
