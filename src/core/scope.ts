import type { Caller } from './caller.ts'
import type { CustomerTree } from './customer.ts'
import { DirectoryError, invalid } from './error.ts'
import type { Principal, Scope } from './principal.ts'

/** Whether a token with this scope sees no more than the caller, or than another token. One that sees more does not exist for the caller. */
export function isWithinScope({ scope: own }: Pick<Principal, 'scope'>, scope: Scope, tree: CustomerTree): boolean {
  return own === 'all' || (scope !== 'all' && tree.isWithin(scope, own))
}

/** Throws unless the caller may hand on a scope: `forbidden` for everything, `invalid` for a customer it does not see. */
export async function assertHandsOn({ principal, store }: Caller, scope: Scope): Promise<void> {
  const own = principal.scope
  if (scope === 'all') {
    if (own === 'all') return
    throw new DirectoryError('forbidden', 'A token that sees everything can be issued only by a caller who does.', {
      reason: 'scope',
    })
  }
  const tree = await store.customers()
  const visible = own === 'all' ? tree.get(scope) !== undefined : tree.isWithin(scope, own)
  if (!visible) throw invalid('value', `There is no customer ${scope}.`, { in: 'body', name: 'scope' })
}
