const OFFSET = 'ISO 8601 to the second, with the offset of the time zone the server is set to'
const METADATA = 'null where nobody is known, and for callers without the permission users:read-metadata.'

/** A user. */
export const USER_MEANINGS = {
  id: 'The id of the user.',
  firstname: 'The first name of the user; null where none is known.',
  lastname: 'The last name of the user; null where none is known.',
  email: 'The e-mail address of the user; null where none is known.',
  language: 'The language of the user as a BCP 47 tag, such as fr; null where none is known.',
  phone: 'The first phone number of the user, in the form of E.164; null where none is known.',
  customer_id: 'The id of the customer the user belongs to.',
  expires_at: `When the user expires: ${OFFSET}; null for never.`,
  last_login_at: `When the user last logged in: ${OFFSET}; null where it is not known.`,
  created_at: `When the user was created: ${OFFSET}.`,
  created_by: `Who created the user; ${METADATA}`,
  updated_at: `When the user was last updated: ${OFFSET}.`,
  updated_by: `Who last updated the user; ${METADATA}`,
} as const

/** Who created or updated a user. */
export const PERSON_MEANINGS = {
  id: 'The id of the person, who is a user.',
  firstname: 'The first name of the person; null where none is known.',
  lastname: 'The last name of the person; null where none is known.',
} as const

/** The envelope of an answer. */
export const ENVELOPE_MEANINGS = {
  message: 'That the request succeeded.',
  data: 'What was asked for.',
} as const

/** A page of users. */
export const PAGE_MEANINGS = {
  total: 'How many users match in all, not only on this page.',
  include_subsidiaries: 'Whether users of the subsidiaries of the customer are included.',
  limit: 'How many users a page has at most.',
  offset: 'How many users come before those of this page.',
  sort: 'The order of the users, as it was asked for; empty where it was not, and they come in that of their creation.',
  results: 'The users of this page.',
} as const

/** The envelope of an error. */
export const ERROR_MEANINGS = {
  message: 'The name of the HTTP status.',
  errors: 'What is wrong.',
} as const

/** One fault. */
export const FAULT_MEANINGS = {
  code: 'The kind of error.',
  message: 'What is wrong, in a sentence.',
  details: 'Where the fault lies and what is allowed; absent where nothing can be said of it.',
} as const

/** The details of a fault. */
export const DETAIL_MEANINGS = {
  parameter: 'The parameter or header that is wrong.',
  allowed: 'What is allowed: the values there are, or a description of them.',
  permission: 'The permission that the token lacks.',
} as const
