import type { Token } from '@rollcall/sdk'

/** What a token can still do. */
export type TokenState = 'active' | 'expired' | 'revoked'

/** Whether a token works at a moment, in milliseconds since 1970. Revoked is revoked, also after its time. */
export function tokenState(
  { revokedAt, expiresAt }: Pick<Token, 'revokedAt' | 'expiresAt'>,
  nowMs: number,
): TokenState {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= nowMs ? 'expired' : 'active'
}

/** Tokens of a state whose name, or whose user's name, holds all words; the newest first. */
export function tokensShown(
  tokens: readonly Token[],
  wanted: { readonly state: TokenState | null; readonly words: readonly string[]; readonly nowMs: number },
  nameOf: (userId: string) => string,
): readonly Token[] {
  const { state, words, nowMs } = wanted
  return tokens
    .filter((token) => state === null || tokenState(token, nowMs) === state)
    .filter((token) => {
      const text = `${token.name} ${nameOf(token.userId)}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}
