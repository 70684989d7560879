import { REVISION_MEANING } from './revision.ts'

/** What the fields of a customer mean, wherever one stands. */
export const CUSTOMER_MEANINGS = {
  id: 'The number of the customer.',
  code: 'The code of the customer; unique, whatever the letter case and accents.',
  name: 'The name of the customer.',
  parentId: 'The number of the customer above; null at the top of what the caller sees.',
  users: 'How many live users the customer itself has; absent for callers without customers:read.',
  usersWithSubsidiaries:
    'How many live users the customer and all below it have; absent for callers without customers:read.',
  createdAt: 'When the customer was created: RFC 3339 in UTC, with milliseconds.',
  updatedAt: 'When the customer was last changed: RFC 3339 in UTC, with milliseconds.',
  revision: 'The revision of the directory that wrote this version of the customer.',
  children: 'The customers directly below, by id, each with its own.',
} as const

/** A new customer. */
export const NEW_CUSTOMER_MEANINGS = {
  ...CUSTOMER_MEANINGS,
  id: 'The number the customer is to have; the next free one when absent.',
  name: 'The name of the customer; its code when absent.',
  parentId: 'The number of the customer above; null or absent for one at the top.',
} as const

/** A change of a customer. */
export const CUSTOMER_PATCH_MEANINGS = {
  ...CUSTOMER_MEANINGS,
  parentId: 'The number of the customer to move it below, with all that is below it; null moves it to the top.',
} as const

/** The whole forest. */
export const FOREST_MEANINGS = {
  customers: 'The customers at the top, by id, each with the ones below it.',
  revision: REVISION_MEANING,
} as const
