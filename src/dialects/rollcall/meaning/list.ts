import type { FieldName } from '../../../core/field.ts'
import { REVISION_MEANING } from './revision.ts'

/** What a list is asked with, in a URL as in a body. */
export const LIST_MEANINGS = {
  filter: 'A filter in the grammar of SCIM (RFC 7644 §3.4.2.2): `status eq "active" and not (email ew ".org")`.',
  search: 'Words to look for in names, identifier, e-mail and description; accents and small slips do not matter.',
  customerId: 'Only users of this customer.',
  includeSubsidiaries: 'With customerId: also the users of the customers below it, at any depth.',
  includeDeleted: 'Whether deleted users are listed too.',
  sort:
    'Fields to sort by, each with :asc (also when not said) or :desc. Absent values come last either way, ties are broken by ' +
    'id. Without it: by relevance where there is a search, else in the order of creation.',
  limit: 'Users on a page.',
  offset: 'Users to skip.',
  page: 'The page, counting from 1. At most one of offset, page and cursor may be sent.',
  cursor: 'The page.next or page.previous of an earlier answer to the same query.',
  count: 'Whether total, the exact number of all users that match, is wanted.',
  fields: 'Members of a user to answer with; all when absent.',
} as const

/** A condition on a field that has a parameter of its own, by the kind of condition. */
export const CONDITION_MEANINGS = {
  pattern: (field: FieldName) => `Only users whose ${field} is this; * stands for any run of characters.`,
  words: (field: FieldName) => `Only users whose ${field} is one of these.`,
  from: (field: FieldName) => `Only users whose ${field} is at this RFC 3339 date-time or later.`,
  to: (field: FieldName) => `Only users whose ${field} is before this RFC 3339 date-time.`,
} as const

/** The member `page` of whatever comes in pages. */
export const PAGE_MEANINGS = {
  limit: 'How many there are on a page at most.',
  offset: 'How many come before those of this page. Of users, only where the page was asked for by offset or page.',
  next: 'The cursor of the next page; absent on the last.',
  previous: 'The cursor of the page before; absent on the first.',
  hasMore: 'Whether there is a page after this one.',
} as const

/** What stands around the rows of a page. */
export const LISTED_MEANINGS = {
  users: 'The users of this page, in the order that was asked for.',
  customers: 'The customers of this page, parents before children, siblings by id.',
  tokens: 'The tokens of this page, oldest first.',
  versions: 'The versions of this page, newest first.',
  page: 'Where this page lies, and how to go on.',
  total: 'How many match in all, exactly. Of users, absent with count=none.',
  revision: REVISION_MEANING,
} as const
