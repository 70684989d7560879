/** What can go wrong in a directory. Closed: every dialect maps all of them. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'too_large'
  | 'too_many_requests'
  | 'unavailable'
  | 'internal'

/** The finer cause within a code, for dialects whose errors tell them apart. Closed like the codes. */
export type ErrorReason =
  // invalid: what is wrong with the input
  | 'syntax' // not the notation it should be in: JSON, percent-encoding, filter text
  | 'type' // another JSON type than the required one
  | 'value' // not one of the allowed values
  | 'range' // a number out of range, or a text, list or tree over its limit
  | 'format' // a text that is not in the required form
  | 'unknown' // a parameter, member or field that does not exist
  | 'missing' // a required parameter or member is absent
  | 'cursor' // a cursor that is forged, foreign or of another query
  | 'text' // a lone surrogate or NUL
  | 'method' // the path exists, the method does not
  | 'media_type' // a body in a format that is not understood
  | 'not_acceptable' // an answer format that is not offered
  | 'timeout' // its rest did not come in time
  // unauthenticated
  | 'no_token'
  | 'bad_token'
  | 'expired_token'
  | 'revoked_token'
  // forbidden
  | 'permission'
  | 'scope'
  | 'cross_site' // a browser asks in somebody's session from a page that is not ours
  // not_found
  | 'route'
  | 'subject'
  // conflict
  | 'taken' // a unique value is in use
  | 'in_use' // something still depends on it
  | 'cycle' // a customer below itself
  | 'changed' // somebody else was quicker
  | 'running' // the same idempotency key is being worked on
  | 'key_reused' // the same idempotency key with another payload
  // too_large
  | 'body'
  | 'url'
  | 'headers'
  // unavailable
  | 'draining'
  | 'disk_full'

/** Where in the input a fault lies, and what would be right there. */
export interface Where {
  readonly in?: 'query' | 'path' | 'header' | 'body'
  /** The parameter or header name, or the dotted path of a body member, as `memberPath` writes it: `users.3.email`. */
  readonly name?: string
  /** Offset in UTF-16 units within a text that has a grammar. */
  readonly position?: number
  /** What is allowed: the list of values, or a sentence such as `1 to 500`. */
  readonly allowed?: readonly string[] | string
  /** The JSON type found and the one required, for reason `type`. */
  readonly actual?: string
  readonly expected?: string
  /** The refused value, only where it is short and no secret. */
  readonly value?: string
}

/** A refusal or failure that every dialect can say in its own shape. The message is one sentence without secrets. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError'
  readonly code: ErrorCode
  readonly reason: ErrorReason | undefined
  readonly where: Where
  /** Seconds after which another try makes sense. */
  readonly retryAfterS: number | undefined
  /** The permission that was missing, for reason `permission`. */
  readonly permission: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    more: {
      readonly reason?: ErrorReason
      readonly where?: Where
      readonly retryAfterS?: number
      readonly permission?: string
      readonly cause?: unknown
    } = {},
  ) {
    super(message, { cause: more.cause })
    this.code = code
    this.reason = more.reason
    this.where = more.where ?? {}
    this.retryAfterS = more.retryAfterS
    this.permission = more.permission
  }
}

/** Bad input: the one error that names a parameter, its fault and what is allowed. */
export function invalid(reason: ErrorReason, message: string, where: Where = {}): DirectoryError {
  return new DirectoryError('invalid', message, { reason, where })
}

/** Says that nothing the caller may see has this name. Hidden and absent read the same. */
export function notFound(what: string): DirectoryError {
  return new DirectoryError('not_found', `${what} not found.`, { reason: 'subject' })
}

/** Says which permission the caller lacks. */
export function forbidden(permission: string, what: string): DirectoryError {
  return new DirectoryError('forbidden', `${what} needs the permission ${permission}.`, {
    reason: 'permission',
    permission,
  })
}
