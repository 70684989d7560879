import type { Idempotency, View } from '../../core/directory.ts'
import { DirectoryError } from '../../core/error.ts'
import type { User } from '../../core/user.ts'

/** The customer every other one is below, unless somebody makes a second root. */
export const ROOT_CUSTOMER_ID = 1
/** What the first administrator signs in with. */
export const ADMINISTRATOR = 'admin'

/**
 * Makes the root customer and the first administrator where there are none yet, also when several nodes begin at once.
 * The view is an operator's.
 */
export async function layFoundation(view: View): Promise<void> {
  const tree = await view.customers()
  if (tree.within().length === 0) {
    const root = { id: ROOT_CUSTOMER_ID, code: 'root', name: 'Root', parentId: null }
    await unlessAnotherDid(view.createCustomer(root))
  }
  const { users } = await view.users({ page: { offset: 0, limit: 1 }, includeDeleted: true })
  if (users.length > 0) return
  const administrator = {
    customerId: ROOT_CUSTOMER_ID,
    identifier: ADMINISTRATOR,
    displayName: 'Administrator',
    userType: 'admin',
  } as const
  await unlessAnotherDid(view.createUser(administrator))
}

/** What makes of several nodes that issue the first token at once one that does. */
export const FIRST_TOKEN: Idempotency = { scope: 'rollcall serve', key: 'first token', fingerprint: '' }

/**
 * Issues the first administrator's token where no token has ever been issued. Its secret, this once; null where there
 * have been tokens. The view is an operator's under FIRST_TOKEN.
 */
export async function firstToken(view: View): Promise<string | null> {
  if ((await view.tokens()).length > 0) return null
  const administrator = await findAdministrator(view)
  if (!administrator) return null
  const issued = await unlessAnotherDid(
    view.issueToken({
      name: 'First administrator',
      userId: administrator.id,
      permissions: ['admin'],
      scope: 'all',
      expiresAt: null,
    }),
  )
  return issued?.secret ?? null
}

async function unlessAnotherDid<T>(write: Promise<T>): Promise<T | null> {
  try {
    return await write
  } catch (error) {
    if (error instanceof DirectoryError && error.code === 'conflict') return null
    throw error
  }
}

// Not by a list, which a replica may answer that has not heard of it yet.
async function findAdministrator(view: View): Promise<User | undefined> {
  try {
    return await view.user({ identifier: ADMINISTRATOR })
  } catch (error) {
    if (error instanceof DirectoryError && error.code === 'not_found') return undefined
    throw error
  }
}
