// Every input has a named limit. Over it is a clear error, never a truncation.

/** Users on one page of the core. Dialects may allow less. */
export const PAGE_SIZE_MAX = 1000
/** Users skipped by an offset. Beyond it a cursor is the way. */
export const OFFSET_MAX = 10_000_000
export const SORT_KEYS_MAX = 8
export const FILTER_DEPTH_MAX = 32
export const FILTER_NODES_MAX = 512
/** Values in one `in` list. */
export const FILTER_VALUES_MAX = 1000
/** Characters of one filter text in a query. */
export const FILTER_TEXT_MAX = 16_384
/** Characters of one value compared with a field. */
export const VALUE_LENGTH_MAX = 1024
/** Literal runs and wildcards in one pattern. */
export const PATTERN_PARTS_MAX = 32
export const SEARCH_LENGTH_MAX = 256
export const SEARCH_TERMS_MAX = 16
/** Users written by one commit. */
export const BATCH_SIZE_MAX = 1000
export const CUSTOMER_DEPTH_MAX = 100
export const IDENTIFIER_LENGTH_MAX = 256
export const NAME_LENGTH_MAX = 1024
export const EMAIL_LENGTH_MAX = 320
export const PASSWORD_LENGTH_MAX = 1024
/** Of a password somebody is to sign in with (NIST SP 800-63B §3.1.1.2). */
export const PASSWORD_LENGTH_MIN = 8
export const TEXT_LENGTH_MAX = 4096
export const SHORT_TEXT_LENGTH_MAX = 256
/** Combining marks in a row, in UTF-16 units. */
export const MARKS_MAX = 256
/** Entries of a list or map field of a user. */
export const LIST_LENGTH_MAX = 256
/** Characters of a user's attributes as JSON. */
export const ATTRIBUTES_LENGTH_MAX = 16_384
export const ATTRIBUTES_DEPTH_MAX = 8
export const TOKEN_NAME_LENGTH_MAX = 256
/** Saved views of one user. */
export const SAVED_VIEWS_MAX = 100
/** Shared views of all users together: everybody's list has them. */
export const SHARED_VIEWS_MAX = 1000
export const SAVED_VIEW_NAME_LENGTH_MAX = 256
export const SAVED_VIEW_QUERY_LENGTH_MAX = 8000
/** Days that requests by token are kept, and that can be looked at together. */
export const ACTIVITY_DAYS_MAX = 92
