import type { DirectoryError } from '../../core/error.ts'
import type { Answer, ErrorContext } from '../dialect.ts'
import { refusalHeaders } from '../refusal-headers.ts'
import { statusOf } from '../status.ts'
import { usageMembers } from './envelope.ts'

/** Where a key is exchanged for a token. */
export const TOKEN_PATH = '/api/Auth/Token'

/** A refusal as `{success: false, error, apiUsage?, apiDailyUsage?}`, the usage for a caller that is known. */
export function renderError(error: DirectoryError, context: ErrorContext): Answer {
  const headers = { ...refusalHeaders(error, context), 'content-type': 'application/json' }
  const usage = context.usage && usageMembers(context.usage)
  const body = { success: false, error: sentenceOf(error, context), ...usage }
  return { status: statusOf(error), headers, body: JSON.stringify(body) }
}

// The vendor's own sentences, where it has published one.
function sentenceOf({ code, reason, where, message }: DirectoryError, { path }: ErrorContext): string {
  if (code === 'unauthenticated') {
    const isTokenPath = path.toLowerCase() === TOKEN_PATH.toLowerCase()
    return isTokenPath ? 'Invalid API key or username.' : 'Authentication failed. Invalid token.'
  }
  if (code === 'not_found' && reason !== 'route') return 'User not found.'
  if (code === 'invalid' && reason === 'format' && where.name === 'email') return 'Invalid email address.'
  if (code === 'conflict' && reason === 'taken') return 'A user with this email address already exists.'
  return message
}
