import type { View } from '../../core/directory.ts'
import type { Usage } from '../../core/store.ts'
import { atRevision } from './revision.ts'
import { renderToken } from './token.ts'
import { renderUser } from './user.ts'

/** The user, the token and the usage of a caller. */
export function renderMe(view: View, usage: () => Promise<Usage>): Promise<object> {
  return atRevision(view, async () => {
    const { user, token } = await view.me()
    return { user: renderUser(user, view.principal), token: renderToken(token), usage: await usage() }
  })
}
