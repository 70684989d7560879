import { flag, ignored, instant, integer, list, map, text, word } from '../cell.ts'
import type { Source } from '../column.ts'

/** The members of a user of Plaspy's `GET /api/users`. Its ids are kept as external ids. */
export const plaspy: Source = {
  name: 'plaspy',
  title: 'Plaspy user list',
  columns: {
    id: word('externalId'),
    name: text('fullName'),
    email: word('email'),
    country: word('country'),
    timeZone: word('timeZone'),
    description: text('description'),
    message: text('message'),
    disabled: flag('status', 'inactive', 'active'),
    disabledMessage: text('statusReason'),
    tags: map('tags'),
    privileges: list('permissions'),
    group: text('group'),
    deviceId: word('deviceId'),
    adminDevices: integer('adminDevices'),
    from: instant('validFrom'),
    expires: instant('expiresAt'),
    password: ignored,
    creation: instant('createdAt'),
    modification: instant('updatedAt'),
    lastLogin: instant('lastLoginAt'),
  },
}
