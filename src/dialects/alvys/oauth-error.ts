import type { DirectoryError } from '../../core/error.ts'

/** Where clients exchange their credentials. */
export const TOKEN_PATH = '/oauth/token'

/** What RFC 6749 §5.2 adds to a refusal of the token endpoint; `challenge` is for the header WWW-Authenticate. */
interface OAuthError {
  readonly error?: string
  readonly error_description?: string
  readonly challenge?: string
}

/** The members of RFC 6749 §5.2 for a refusal; none for one that is not about the request, such as 404, 429 and 5xx. */
export function oauthError(error: DirectoryError): OAuthError {
  const code = codeOf(error)
  if (code === undefined) return {}
  const members = { error: code, error_description: describable(error.message) }
  return code === 'invalid_client' ? { ...members, challenge: 'Basic realm="oauth"' } : members
}

function codeOf({ code, reason, where }: DirectoryError): string | undefined {
  if (code === 'unauthenticated') return 'invalid_client'
  if (code === 'too_large') return 'invalid_request'
  if (code !== 'invalid' || reason === 'method') return undefined
  if (where.name === 'grant_type' && reason === 'value') return 'unsupported_grant_type'
  return where.name === 'scope' && reason === 'value' ? 'invalid_scope' : 'invalid_request'
}

// RFC 6749 §5.2 allows printable ASCII without quotation marks and backslashes.
function describable(message: string): string {
  return message.replaceAll(/["\\]/g, "'").replaceAll(/[^\x20-\x7e]/g, '?')
}
