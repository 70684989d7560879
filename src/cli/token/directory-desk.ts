import type { UserReference, View } from '../../core/directory.ts'
import { DirectoryError } from '../../core/error.ts'
import type { User } from '../../core/user.ts'
import { CommandError, EXIT } from '../command-error.ts'
import { layFoundation } from '../folder/foundation.ts'
import { openDirectory } from '../folder/opened-directory.ts'
import type { Place } from '../folder/place.ts'
import { isUuid } from '../../dialects/rollcall/import/cell.ts'
import type { TokenDesk } from './desk.ts'

/** Works on a directory itself; a data folder nobody else may use meanwhile. */
export async function openDirectoryDesk(place: Place): Promise<TokenDesk> {
  const { view, close } = await openDirectory(place, 'token')
  try {
    await layFoundation(view)
  } catch (error) {
    await close()
    throw error
  }
  return {
    list: (all) => view.tokens({ use: all ? 'all' : 'bearer' }),
    issue: async ({ user, ...order }) => view.issueToken({ ...order, userId: (await findUser(view, user)).id }),
    revoke: (id) => view.revokeToken(id),
    close,
  }
}

async function findUser(view: View, name: string): Promise<User> {
  const references: readonly UserReference[] = isUuid(name) ? [{ id: name }] : [{ identifier: name }, { email: name }]
  for (const reference of references) {
    try {
      return await view.user(reference)
    } catch (error) {
      if (!(error instanceof DirectoryError) || error.code !== 'not_found') throw error
    }
  }
  throw unknownUser(name)
}

/** Says that no user is called so. */
export function unknownUser(name: string): CommandError {
  return new CommandError(`There is no user with the identifier, e-mail or id ${JSON.stringify(name)}.`, EXIT.notFound)
}
