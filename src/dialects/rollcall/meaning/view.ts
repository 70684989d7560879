import { REVISION_MEANING } from './revision.ts'

/** What the fields of a saved view mean, wherever one stands. */
export const VIEW_MEANINGS = {
  id: 'The id of the view.',
  name: 'What the view is called.',
  query: 'The search part of an address of the users page; the server does not read it.',
  isShared: 'Whether everybody sees it who may read its user.',
  userId: 'The id of the user whose it is.',
  isOwn: 'Whether it is the caller’s.',
  createdAt: 'When the view was created: RFC 3339 in UTC, with milliseconds.',
  updatedAt: 'When the view was last changed: RFC 3339 in UTC, with milliseconds.',
  revision: 'The revision of the directory that wrote this version of the view.',
} as const

/** A list of them. */
export const VIEW_LIST_MEANINGS = {
  views: 'The views, oldest first.',
  revision: REVISION_MEANING,
} as const
