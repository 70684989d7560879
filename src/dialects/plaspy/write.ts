import { DirectoryError, notFound } from '../../core/error.ts'
import type { View } from '../../core/directory.ts'
import type { User } from '../../core/user.ts'
import { userNumber } from './user.ts'
import type { UserChange } from './user-change.ts'

// How often a change is tried again on what somebody else has written meanwhile.
const TRIES_MAX = 5

/** The user an id of the path names; `not_found` for one the caller may not see, and for what is no id. */
export async function userFor(view: View, id: string): Promise<User> {
  const number = userNumber(id)
  if (number === undefined) throw notFound('User')
  return view.user({ number })
}

/** Changes a user by what `change` makes of exactly the version it is put over. */
export async function changeUser(view: View, id: string, change: (user: User) => UserChange): Promise<User> {
  for (let attempt = 1; ; attempt++) {
    const user = await userFor(view, id)
    const { draft, password } = change(user)
    try {
      return await view.updateUser(user.id, draft, { ifRevision: user.revision, password })
    } catch (error) {
      const isStale = error instanceof DirectoryError && error.code === 'precondition_failed'
      if (!isStale) throw error
      if (attempt === TRIES_MAX) {
        throw new DirectoryError('conflict', 'The user is being changed by others; try again.', { reason: 'changed' })
      }
    }
  }
}
