import type { DirectoryError } from '../core/error.ts'
import type { ErrorContext } from './dialect.ts'

/**
 * The headers HTTP asks of a refusal, whatever the dialect: `WWW-Authenticate` (RFC 6750 §3) on 401 and on 403 for a
 * missing permission, `Allow` (RFC 9110 §15.5.6) on 405, `Retry-After` in seconds wherever waiting helps.
 */
export function refusalHeaders(error: DirectoryError, context: ErrorContext): Record<string, string> {
  const headers: Record<string, string> = {}
  const challenge = challengeOf(error)
  if (challenge !== undefined) headers['www-authenticate'] = challenge
  if (error.reason === 'method' && context.allow) headers['allow'] = context.allow.join(', ')
  const retryAfterS = error.retryAfterS ?? (error.code === 'unavailable' ? UNAVAILABLE_RETRY_AFTER_S : undefined)
  if (retryAfterS !== undefined) headers['retry-after'] = String(Math.max(0, Math.ceil(retryAfterS)))
  return headers
}

// Whatever is away is looked for all the time: most often it is back soon.
const UNAVAILABLE_RETRY_AFTER_S = 1

function challengeOf(error: DirectoryError): string | undefined {
  const bearer = 'Bearer realm="directory"'
  if (error.code === 'forbidden') {
    const { permission } = error
    return permission === undefined ? undefined : `${bearer}, error="insufficient_scope", scope="${permission}"`
  }
  if (error.code !== 'unauthenticated') return undefined
  // A request that brought no credentials is told no error, only how to bring them.
  return error.reason === 'no_token' ? bearer : `${bearer}, error="invalid_token"`
}
