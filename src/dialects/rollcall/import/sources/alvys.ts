import { instant, list, status, text, userType, word } from '../cell.ts'
import type { Source } from '../column.ts'

/** The members of Alvys' `GET /api/p/v1/users/list`, in either letter case. */
export const alvys: Source = {
  name: 'alvys',
  title: 'Alvys user list',
  columns: {
    id: word('idOrExternalId'),
    userName: word('identifier'),
    name: text('fullName'),
    email: word('email'),
    userType: userType({ Internal: 'user', External: 'client' }),
    role: text('role'),
    phone: list('phones'),
    companyCode: word('customer'),
    status: status({ Active: 'active', Inactive: 'inactive', Disabled: 'suspended', Deleted: 'deleted' }),
    permissions: list('permissions'),
    createdAt: instant('createdAt'),
    modifiedAt: instant('updatedAt'),
  },
}
