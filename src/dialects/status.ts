import type { DirectoryError, ErrorCode, ErrorReason } from '../core/error.ts'

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_large: 413,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
} satisfies Record<ErrorCode, number>

// Reasons for which HTTP has a status of its own (RFC 9110 §15.5, RFC 6585).
const STATUS_BY_REASON: Partial<Record<ErrorReason, number>> = {
  method: 405,
  not_acceptable: 406,
  media_type: 415,
  timeout: 408,
  url: 414,
  headers: 431,
  key_reused: 422,
}

/** The HTTP status of an error, the same in every dialect unless its contract says otherwise. */
export function statusOf(error: Pick<DirectoryError, 'code' | 'reason'>): number {
  return (error.reason && STATUS_BY_REASON[error.reason]) ?? STATUS[error.code]
}
