import type { User } from '@rollcall/sdk'
import { STATUSES, USER_TYPES } from '../../../directory/user-fields.ts'

/** How a member of a user is typed into a form. Every value is a text there. */
type Shape = 'text' | 'lines' | 'long' | 'word' | 'integer' | 'moment' | 'customer' | 'entries' | 'json'

/** A member of a user in the profile: what people call it, and how it is typed. */
export interface ProfileField {
  readonly name: keyof User
  readonly label: string
  readonly shape: Shape
  readonly hint?: string
  readonly values?: readonly string[]
}

interface ProfileGroup {
  readonly title: string
  readonly fields: readonly ProfileField[]
}

const of = (name: ProfileField['name'], label: string, shape: Shape = 'text', more: Partial<ProfileField> = {}) => ({
  name,
  label,
  shape,
  ...more,
})
const LINES = { hint: 'One per line.' }

/** What people see of a user and may change, in groups. */
export const PROFILE: readonly ProfileGroup[] = [
  {
    title: 'Person',
    fields: [
      of('givenName', 'Given name'),
      of('familyName', 'Family name'),
      of('fullName', 'Full name'),
      of('displayName', 'Display name'),
      of('description', 'Description', 'long'),
    ],
  },
  {
    title: 'Contact',
    fields: [
      of('email', 'E-mail'),
      of('phones', 'Phones', 'lines', LINES),
      of('language', 'Language', 'text', { hint: 'Such as fr or pt-BR.' }),
      of('country', 'Country', 'text', { hint: 'Such as FR.' }),
      of('timeZone', 'Time zone', 'text', { hint: 'Such as Europe/Paris.' }),
    ],
  },
  {
    title: 'Place and rights',
    fields: [
      of('identifier', 'Identifier', 'text', { hint: 'What the user signs in with.' }),
      of('customerId', 'Customer', 'customer'),
      of('userType', 'Type', 'word', { values: USER_TYPES }),
      of('role', 'Role'),
      of('group', 'Group'),
      of('permissions', 'Permissions', 'lines', { hint: 'What other systems let the user do, one per line.' }),
      of('externalId', 'External id'),
      of('primaryIdentity', 'Primary identity', 'text', {
        hint: 'The id of the user who is this one’s primary identity.',
      }),
    ],
  },
  {
    title: 'Status',
    fields: [
      of('status', 'Status', 'word', { values: STATUSES.filter((status) => status !== 'deleted') }),
      of('statusReason', 'Reason'),
      of('message', 'Message', 'long'),
      of('validFrom', 'Valid from (UTC)', 'moment'),
      of('expiresAt', 'Expires (UTC)', 'moment'),
    ],
  },
  {
    title: 'Devices',
    fields: [of('deviceId', 'Device'), of('adminDevices', 'Admin devices', 'integer')],
  },
  {
    title: 'More',
    fields: [
      of('tags', 'Tags', 'entries', { hint: 'One per line: name: value.' }),
      of('attributes', 'Attributes', 'json', { hint: 'A JSON object.' }),
    ],
  },
]

/** The same without their groups. */
export const PROFILE_FIELDS: readonly ProfileField[] = PROFILE.flatMap(({ fields }) => fields)
