import type { Json } from '../../../../core/user.ts'
import { author, ignored, instant, isRecord, list, status, text, word } from '../cell.ts'
import type { Column, Source } from '../column.ts'

/** The members of a user of DevRev's `sys-users.list`. Its ids are kept as external ids. */
export const devrev: Source = {
  name: 'devrev',
  title: 'DevRev system users',
  columns: {
    id: word('externalId'),
    display_id: ignored,
    display_name: text('displayName'),
    full_name: text('fullName'),
    email: word('email'),
    phone_numbers: list('phones'),
    state: status({
      active: 'active',
      deactivated: 'inactive',
      deleted: 'deleted',
      locked: 'locked',
      shadow: 'onboarding',
      unassigned: 'inactive',
    }),
    display_picture: displayPicture(),
    primary_identity: author('primaryIdentity'),
    created_by: author('createdBy'),
    created_date: instant('createdAt'),
    modified_by: author('updatedBy'),
    modified_date: instant('updatedAt'),
  },
}

function displayPicture(): Column {
  return {
    target: 'picture',
    read(cell) {
      const given = record(typeof cell === 'string' ? (JSON.parse(cell) as Json) : cell)
      const file = record(given['file'])
      if (given['id'] === undefined) return undefined
      return {
        id: given['id'],
        displayId: given['display_id'] ?? null,
        name: file['name'] ?? '',
        mediaType: file['type'] ?? '',
        sizeBytes: file['size'] ?? 0,
      }
    },
  }
}

function record(value: Json | undefined): Readonly<Record<string, Json>> {
  return isRecord(value) ? value : {}
}
