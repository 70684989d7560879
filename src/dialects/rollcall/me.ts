import type { View } from '../../core/directory.ts'
import type { Usage } from '../../core/store.ts'
import { renderToken } from './token.ts'
import { renderUser } from './user.ts'

/** The user, the token and the usage of a caller. */
export async function renderMe(view: View, usage: () => Promise<Usage>): Promise<object> {
  const { user, token } = await view.me()
  return { user: renderUser(user, view.principal), token: renderToken(token), usage: await usage() }
}
