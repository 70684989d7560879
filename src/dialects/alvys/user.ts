import type { CustomerTree } from '../../core/customer.ts'
import type { Status, User, UserType } from '../../core/user.ts'
import type { DialectSettings } from '../settings.ts'
import { wholeSecond } from '../whole-second.ts'

/** The letter case of members: `id` or `Id`. */
export type FieldCase = DialectSettings['alvys']['fieldCase']

const USER_TYPE = { admin: 'Internal', user: 'Internal', client: 'External' } as const satisfies Record<
  UserType,
  string
>

const STATUS = {
  active: 'Active',
  onboarding: 'Active',
  risky: 'Active',
  inactive: 'Inactive',
  suspended: 'Disabled',
  locked: 'Disabled',
  deleted: 'Deleted',
} as const satisfies Record<Status, string>

/** The words of `userType`. */
export const USER_TYPES = [...new Set(Object.values(USER_TYPE))]
/** The words of `status`. */
export const STATUSES = [...new Set(Object.values(STATUS))]

/** A user as Alvys writes it, members in the page's order; absent values are undefined, and so left out of the JSON. */
export function renderUser(user: User, customers: CustomerTree, fieldCase: FieldCase): object {
  return inCase(fieldCase, {
    id: user.id,
    userName: user.identifier,
    name: user.fullName,
    email: user.email ?? undefined,
    userType: USER_TYPE[user.userType],
    role: user.role ?? undefined,
    phone: user.phones[0],
    companyCode: customers.get(user.customerId)?.code,
    status: STATUS[user.status],
    permissions: user.permissions,
    createdAt: wholeSecond(user.createdAt),
    modifiedAt: wholeSecond(user.updatedAt),
  })
}

/** The same members with their names in the letter case. */
export function inCase(fieldCase: FieldCase, members: Readonly<Record<string, unknown>>): object {
  if (fieldCase === 'camel') return members
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [pascal(name), value]))
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
