import type { View } from '../../core/directory.ts'
import type { User } from '../../core/user.ts'

/** The customer every other one is below, unless somebody makes a second root. */
export const ROOT_CUSTOMER_ID = 1
/** What the first administrator signs in with. */
export const ADMINISTRATOR = 'admin'

/** Makes the root customer and the first administrator where there are none yet. The view is an operator's. */
export async function layFoundation(view: View): Promise<void> {
  const tree = await view.customers()
  if (tree.within().length === 0) {
    await view.createCustomer({ id: ROOT_CUSTOMER_ID, code: 'root', name: 'Root', parentId: null })
  }
  const { users } = await view.users({ page: { offset: 0, limit: 1 }, includeDeleted: true })
  if (users.length > 0) return
  await view.createUser({
    customerId: ROOT_CUSTOMER_ID,
    identifier: ADMINISTRATOR,
    displayName: 'Administrator',
    userType: 'admin',
  })
}

/**
 * Issues the first administrator's token where no token has ever been issued. Its secret, this once; null where there
 * have been tokens.
 */
export async function firstToken(view: View): Promise<string | null> {
  if ((await view.tokens()).length > 0) return null
  const administrator = await findAdministrator(view)
  if (!administrator) return null
  const { secret } = await view.issueToken({
    name: 'First administrator',
    userId: administrator.id,
    permissions: ['admin'],
    scope: 'all',
    expiresAt: null,
  })
  return secret
}

async function findAdministrator(view: View): Promise<User | undefined> {
  const { users } = await view.users({
    filter: { kind: 'compare', field: 'identifier', op: 'eq', value: ADMINISTRATOR },
    page: { offset: 0, limit: 1 },
  })
  return users[0]
}
