import type { Operation } from '../document/document.ts'
import { TOKEN_PLACEHOLDER } from './apply.ts'

interface Credentials {
  readonly scheme: 'bearer' | 'bare' | 'session'
  readonly token: string
}

/** The Authorization header an operation is sent with; null where it needs none or none is known. */
export function sentAuthorization({ permission }: Operation, { scheme, token }: Credentials): string | null {
  if (permission === null || scheme === 'session' || token === '') return null
  return scheme === 'bare' ? token : `Bearer ${token}`
}

/** The same for code to be run elsewhere, where a session is of no use: with a place for a token that is not known. */
export function writtenAuthorization({ permission }: Operation, { scheme, token }: Credentials): string | null {
  if (permission === null) return null
  const written = token === '' ? TOKEN_PLACEHOLDER : token
  return scheme === 'bare' ? written : `Bearer ${written}`
}
