import type { Meanings } from '../meaning.ts'
import type { renderUser } from './user.ts'

/** What a list can be asked, in a body as in a query. */
export const LIST_MEANINGS = {
  cursor:
    'The cursor to go on from, as an earlier answer gave it. Without it a list starts from the beginning or, with `before`, from the end.',
  limit: 'How many users to return at most.',
  mode: 'Whether the entries `after` or `before` the cursor are returned, or without one those from the beginning or from the end. Their order is that of sort_by either way.',
  sort_by:
    'Fields to sort the users by, the first one first, each with `:asc` (also when not said) or `:desc` after it. Without them users come in the order of their creation.',
} as const

/** A user, and what a summary of somebody has of one. */
export const USER_MEANINGS = {
  created_by:
    'Who created the user; absent where nobody is known, and for callers without the permission users:read-metadata.',
  created_date: 'When the user was created: RFC 3339 in UTC with milliseconds.',
  display_id: 'The id within the organisation, such as `SYSU-7`.',
  id: 'The globally unique id (DON) of the user.',
  modified_by:
    'Who last changed the user; absent where nobody is known, and for callers without the permission users:read-metadata.',
  modified_date: 'When the user was last changed: RFC 3339 in UTC with milliseconds.',
  display_name: 'The name the user is shown by; absent where there is none.',
  display_picture: 'The picture the user is shown with; absent where there is none.',
  email: 'The e-mail address of the user; absent where there is none.',
  full_name: 'The full name of the user.',
  phone_numbers: 'The phone numbers of the user; empty where there are none.',
  primary_identity:
    'The user who is the primary identity of this one; absent where there is none, or none that the caller may see.',
  state:
    'Whether the user may act: `shadow` is one who is being set up, `deactivated` one who is inactive or suspended. `unassigned` is never sent.',
} as const satisfies Meanings<keyof ReturnType<typeof renderUser>>

/** Somebody a user speaks of. */
export const SUMMARY_MEANINGS = {
  ...USER_MEANINGS,
  type: 'What kind of user it is: `rev_user` for clients, `dev_user` for all others. The other two are never sent.',
  email: 'The e-mail address; absent where there is none, and of somebody the caller may not see as a user.',
  state: 'As of a user; absent of somebody the caller may not see as a user.',
} as const

/** A picture. */
export const PICTURE_MEANINGS = {
  display_id: 'The id of the picture within the organisation, such as `ARTIFACT-12345`; absent where there is none.',
  id: 'The globally unique id (DON) of the picture.',
  file: 'The file of the picture, which is kept elsewhere.',
} as const

/** The file of a picture. */
export const FILE_MEANINGS = {
  type: 'The media type of the file, such as `image/png`.',
  name: 'The name of the file.',
  size: 'The size of the file in bytes.',
} as const

/** What an update can say. */
export const UPDATE_MEANINGS = {
  id: 'The user to change: a DON, or a display id such as `SYSU-7`.',
  display_name: 'The name the user is to be shown by; it stays as it is when absent.',
  full_name: 'The full name of the user; it stays as it is when absent.',
  display_picture: 'The picture of the user, by DON or display id; null takes it away, and it stays when absent.',
} as const

/** The answers around users. */
export const ANSWER_MEANINGS = {
  next_cursor: 'The cursor of the entries after these; absent where there are none.',
  prev_cursor: 'The cursor of the entries before these; absent where there are none.',
  sys_users: 'The users of this page, in the order of sort_by.',
  sys_user: 'The user as it is now.',
} as const
