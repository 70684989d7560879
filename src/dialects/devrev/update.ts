import type { View } from '../../core/directory.ts'
import { NAME_LENGTH_MAX } from '../../core/limits.ts'
import type { Picture, User } from '../../core/user.ts'
import { describedMembers } from '../meaning.ts'
import { nullable, object, optional, string, type ShapeOf } from '../shape.ts'
import type { Ids } from './id.ts'
import { UPDATE_MEANINGS } from './meaning.ts'

/** What `sys-users.update` takes: who, and what of them changes. */
export const updateShape = object(
  describedMembers(UPDATE_MEANINGS, {
    id: string(),
    display_name: optional(string({ lengthMax: NAME_LENGTH_MAX })),
    full_name: optional(string({ lengthMin: 1, lengthMax: 2 * NAME_LENGTH_MAX })),
    display_picture: optional(nullable(string())),
  }),
)

/** Changes the user the request names, by DON or display id, and gives the version that stands then. */
export async function updateUser(update: ShapeOf<typeof updateShape>, view: View, ids: Ids): Promise<User> {
  const user = await view.user({ number: ids.parseUser(update.id, 'id') })
  const { display_picture: picture } = update
  return view.updateUser(user.id, {
    displayName: update.display_name,
    fullName: update.full_name,
    picture: typeof picture === 'string' ? pictureOf(picture, user.picture, ids) : picture,
  })
}

// An update names a picture without describing its file, which is kept elsewhere.
function pictureOf(id: string, current: Picture | null, ids: Ids): Picture {
  if (current && (id === current.id || id === current.displayId)) return current
  const named = ids.parsePicture(id, 'display_picture')
  return { ...named, name: named.displayId, mediaType: 'application/octet-stream', sizeBytes: 0 }
}
