import type { Permission, Scope } from '../../core/principal.ts'
import type { Token } from '../../core/token.ts'

/** What a token is to be, as the command line says it. */
export interface TokenOrder {
  readonly name: string
  /** Identifier, e-mail or id of the user it is for. */
  readonly user: string
  readonly permissions: readonly Permission[]
  readonly scope: Scope
  readonly expiresAt: string | null
}

/** A token as a list shows it, wherever it comes from. */
export type ListedToken = Omit<Token, 'parentId'>

/** Where tokens are issued and revoked: in the data folder itself, or by a running server. */
export interface TokenDesk {
  /** Bearer tokens, or tokens of all uses. */
  readonly list: (all: boolean) => Promise<readonly ListedToken[]>
  /** The secret is told this once. */
  readonly issue: (order: TokenOrder) => Promise<{ readonly token: ListedToken; readonly secret: string }>
  readonly revoke: (id: string) => Promise<ListedToken>
  readonly close: () => Promise<void>
}
