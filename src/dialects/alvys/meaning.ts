/** A user, in camel case. */
export const USER_MEANINGS = {
  id: 'The unique identifier of the user.',
  userName: 'The username of the user, with which they sign in.',
  name: 'The full name of the user.',
  email: 'The email address of the user; left out where there is none.',
  userType: 'The type of user: `External` for users who are clients, `Internal` for all others.',
  role: 'The role assigned to the user, such as Dispatcher, in words of your own; left out where there is none.',
  phone: 'The first phone number of the user; left out where there is none.',
  companyCode: 'The code of the company (the customer) the user is associated with.',
  status:
    'The current status of the user: `Disabled` is one who is suspended or locked. `Deleted` users are listed only where the server is set to.',
  permissions: 'The permissions assigned to the user, in words of your own; empty where there are none.',
  createdAt: 'When the user was created: RFC 3339 in UTC, to the second.',
  modifiedAt: 'When the user’s details were last modified: RFC 3339 in UTC, to the second.',
} as const

/** A page of a search. */
export const PAGE_MEANINGS = {
  page: 'The page this is, counting from 0.',
  pageSize: 'How many users a page has at most.',
  total: 'How many users are found in all.',
  items: 'The users of this page, in the order of their creation.',
} as const

/** What a search is asked with. */
export const SEARCH_MEANINGS = {
  page: 'The page wanted, counting from 0.',
  pageSize: 'How many users are wanted on a page.',
  keyword:
    'What the name, user name, email or phone of a user has to contain, whatever the accents and the letter case. Absent or null finds all.',
} as const

/** What a token is asked for with (RFC 6749 §4.4.2). */
export const TOKEN_REQUEST_MEANINGS = {
  grant_type: 'The kind of grant.',
  client_id: 'The id of a Rollcall token. It is needed unless HTTP Basic brings it.',
  client_secret: 'The Rollcall token itself. It is needed unless HTTP Basic brings it.',
  audience: 'The API the token is for; this server when absent.',
  scope: 'The scopes that are wanted, separated by spaces. One that would not be granted is refused.',
} as const

/** An issued token (RFC 6749 §5.1). */
export const TOKEN_MEANINGS = {
  access_token: 'The signed token (JWT, RS256), to be sent as `Authorization: Bearer <token>`.',
  expires_in: 'How many seconds the token is valid.',
  token_type: 'How the token is to be sent.',
  scope: 'The scopes that are granted, separated by spaces.',
} as const
