import { EMAIL_LENGTH_MAX, IDENTIFIER_LENGTH_MAX, NAME_LENGTH_MAX, TEXT_LENGTH_MAX } from '../../core/limits.ts'
import type { UserDraft } from '../../core/user.ts'
import { describedMembers } from '../meaning.ts'
import { choice, defaulted, object, optional, string, type Shape } from '../shape.ts'
import { NEW_USER_MEANINGS, REVIEW_MEANINGS } from './meaning.ts'
import { parseType, WIRE_STATUSES, WIRE_TYPES } from './user.ts'

// The core keeps texts in NFC and measures them so; what is too long is refused here, under the wire's own name.
function text(options: { readonly lengthMin?: number; readonly lengthMax: number }): Shape<string> {
  const plain = string(options)
  return {
    schema: plain.schema,
    read: (value, at) => plain.read(typeof value === 'string' ? value.normalize('NFC') : value, at),
  }
}

/** The body of `POST /users`. */
export const NEW_USER = object(
  describedMembers(NEW_USER_MEANINGS, {
    identifier: text({ lengthMin: 1, lengthMax: IDENTIFIER_LENGTH_MAX }),
    name: text({ lengthMin: 1, lengthMax: 2 * NAME_LENGTH_MAX + 1 }),
    email: text({ lengthMin: 1, lengthMax: EMAIL_LENGTH_MAX }),
    user_type: defaulted(choice(WIRE_TYPES), 'saas_user'),
    status: defaulted(choice(WIRE_STATUSES), 'active'),
    description: optional(text({ lengthMax: TEXT_LENGTH_MAX })),
  }),
)

/** The body of `PATCH /users/{id-or-identifier}`. */
export const REVIEW = object(
  describedMembers(REVIEW_MEANINGS, {
    status: choice(WIRE_STATUSES),
    review_comment: optional(text({ lengthMax: TEXT_LENGTH_MAX })),
  }),
)

/** The user a body asks for, of the customer of whoever sends it. */
export function newUserDraft(body: ReturnType<typeof NEW_USER.read>, customerId: number): UserDraft {
  return {
    customerId,
    identifier: body.identifier,
    fullName: body.name,
    email: body.email,
    userType: parseType(body.user_type),
    status: body.status,
    description: body.description,
  }
}

/** The change a review asks for. Its comment belongs to it: without one, that of the review before is forgotten. */
export function reviewDraft(body: ReturnType<typeof REVIEW.read>): UserDraft {
  return { status: body.status, statusReason: body.review_comment ?? null }
}
