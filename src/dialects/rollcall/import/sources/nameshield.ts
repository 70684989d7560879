import { author, instant, list, text, word } from '../cell.ts'
import type { Source } from '../column.ts'

/** The members of a result of Nameshield's `GET /user/v1/users`. */
export const nameshield: Source = {
  name: 'nameshield',
  title: 'Nameshield user search',
  columns: {
    id: word('idOrExternalId'),
    firstname: text('givenName'),
    lastname: text('familyName'),
    email: word('email'),
    language: word('language'),
    phone: list('phones'),
    customer_id: word('customer'),
    expires_at: instant('expiresAt'),
    last_login_at: instant('lastLoginAt'),
    created_at: instant('createdAt'),
    created_by: author('createdBy'),
    updated_at: instant('updatedAt'),
    updated_by: author('updatedBy'),
  },
}
