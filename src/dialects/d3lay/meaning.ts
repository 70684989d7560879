const METADATA = 'Only for callers with the metadata permission (users:read-metadata).'

/** A user, in an answer as in a body. */
export const USER_MEANINGS = {
  id: 'The id of the user.',
  identifier: 'The name the user signs in with, which no other user has.',
  name: 'The full name of the user.',
  email: 'The e-mail address of the user, which no other user has; empty where none is known.',
  user_type:
    'The type of the user: `saas_admin` for administrators, `saas_user_client` for clients, `saas_user` for all others.',
  status: 'The status of the user. Only `active`, `onboarding` and `risky` users may act.',
  created_at: 'When the user was created: RFC 3339 in UTC, to the second.',
  updated_at: 'When the user was last updated: RFC 3339 in UTC, to the second.',
  created_by: `The id of the user who created this one; absent where nobody is known. ${METADATA}`,
  updated_by: `The id of the user who last updated this one; absent where nobody is known. ${METADATA}`,
} as const

/** What a new user is made of. */
export const NEW_USER_MEANINGS = {
  ...USER_MEANINGS,
  email: 'The e-mail address of the user, which no other user may have.',
  description: 'What there is to say of the user. No answer shows it, but search looks into it.',
} as const

/** What a review says. */
export const REVIEW_MEANINGS = {
  status: 'The status the user is to have. Only `active`, `onboarding` and `risky` users may act.',
  review_comment: 'Why; it is kept with the user until the next review. Without one, the comment before is forgotten.',
} as const

/** An error. */
export const ERROR_MEANINGS = {
  code: 'The kind of error.',
  message: 'What is wrong, in a sentence.',
  details: 'Where the fault lies and what is allowed; absent where nothing can be said of it.',
} as const

/** The details of an error. */
export const DETAIL_MEANINGS = {
  parameter: 'The parameter, header or member of the body that is wrong.',
  allowed: 'What is allowed: the values there are, or a description of them.',
  permission: 'The permission that the token lacks.',
} as const
