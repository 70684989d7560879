import { author, instant, status, text, userType, word } from '../cell.ts'
import type { Source } from '../column.ts'

/** The members of a user of D3lay's `GET /users`. */
export const d3lay: Source = {
  name: 'd3lay',
  title: 'D3lay user list',
  columns: {
    id: word('idOrExternalId'),
    identifier: word('identifier'),
    name: text('fullName'),
    email: word('email'),
    user_type: userType({ saas_admin: 'admin', saas_user: 'user', saas_user_client: 'client' }),
    status: status(),
    created_at: instant('createdAt'),
    updated_at: instant('updatedAt'),
    created_by: author('createdBy'),
    updated_by: author('updatedBy'),
  },
}
