import { openShared, useShared } from '../shared-value.ts'

/** What one visitor sends everything with, and how code is shown. The token never stands in an address. */
export interface Visitor {
  /** `https://host`, perhaps with a path, without a slash at its end. */
  readonly server: string
  /** How the token is sent: `Bearer` before it, alone, or not at all, with the session of the console instead. */
  readonly scheme: 'bearer' | 'bare' | 'session'
  readonly token: string
  /** Whether the token outlives a reload, in this tab only. */
  readonly isKept: boolean
  /** The id of a language. */
  readonly language: string
}

const TOKEN_KEY = 'rollcall-reference-token'
const LANGUAGE_KEY = 'rollcall-reference-language'

const kept = read(() => sessionStorage.getItem(TOKEN_KEY))
const visitor = openShared<Visitor>({
  server: location.origin,
  scheme: 'bearer',
  token: kept ?? '',
  isKept: kept !== null,
  language: read(() => localStorage.getItem(LANGUAGE_KEY)) ?? 'curl',
})

// A browser that keeps nothing throws where it is asked to.
function read(from: () => string | null): string | null {
  try {
    return from()
  } catch {
    return null
  }
}

/** Changes what is sent or shown from now on; a token is kept only where the visitor said so. */
export function changeVisitor(change: Partial<Visitor>): void {
  const next = { ...visitor.now(), ...change }
  read(() => {
    if (next.isKept && next.token !== '') sessionStorage.setItem(TOKEN_KEY, next.token)
    else sessionStorage.removeItem(TOKEN_KEY)
    localStorage.setItem(LANGUAGE_KEY, next.language)
    return null
  })
  visitor.set(next)
}

/** What this visitor sends everything with now. */
export function useVisitor(): Visitor {
  return useShared(visitor)
}
