import type { Customer, CustomerTree } from '../../core/customer.ts'
import type { View } from '../../core/directory.ts'
import { NAME_LENGTH_MAX, SHORT_TEXT_LENGTH_MAX } from '../../core/limits.ts'
import { may } from '../../core/principal.ts'
import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { CUSTOMER_MEANINGS } from './meaning/customer.ts'

/** A customer as `/v1` writes it. */
interface WireCustomer {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly parentId: number | null
  /** Live users of the customer itself, and together with all below it; only for callers with `customers:read`. */
  readonly users?: number
  readonly usersWithSubsidiaries?: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly revision: number
}

/** A customer with the ones below it. */
interface WireBranch extends WireCustomer {
  readonly children: readonly WireBranch[]
}

/** The customers a caller may see, ready to be written. */
interface WireCustomers {
  readonly tree: CustomerTree
  readonly render: (customer: Customer) => WireCustomer
  readonly branch: (customer: Customer) => WireBranch
}

/** Reads the forest and its user counts once, and adds the counts up the tree. */
export async function wireCustomers(view: View): Promise<WireCustomers> {
  const tree = await view.customers()
  const counts = may(view.principal, 'customers:read') ? await view.userCounts() : undefined
  const sums = counts && summedUp(tree, counts)
  const render = ({ id, code, name, parentId, createdAt, updatedAt, revision }: Customer): WireCustomer => ({
    id,
    code,
    name,
    // A customer above the caller's part of the forest does not exist for it.
    parentId: parentId !== null && tree.get(parentId) ? parentId : null,
    ...(counts && sums ? { users: counts.get(id) ?? 0, usersWithSubsidiaries: sums.get(id) ?? 0 } : {}),
    createdAt,
    updatedAt,
    revision,
  })
  const branch = (customer: Customer): WireBranch => ({
    ...render(customer),
    children: tree.children(customer.id).map(branch),
  })
  return { tree, render, branch }
}

function summedUp(tree: CustomerTree, counts: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  // Children come after their parents, so that from the end every sum is whole before it is handed up.
  for (const { id, parentId } of [...tree.within()].reverse()) {
    const sum = (sums.get(id) ?? 0) + (counts.get(id) ?? 0)
    sums.set(id, sum)
    if (parentId !== null) sums.set(parentId, (sums.get(parentId) ?? 0) + sum)
  }
  return sums
}

/** A strong ETag: the revision, by which writes are made conditional, and the counts that are shown beside it. */
export function customerTag({ revision, users, usersWithSubsidiaries }: WireCustomer): string {
  return users === undefined || usersWithSubsidiaries === undefined
    ? `"${revision}"`
    : `"${revision}-${users}-${usersWithSubsidiaries}"`
}

const count = { type: 'integer', minimum: 0 } as const

const PROPERTIES = describedSchemas(CUSTOMER_MEANINGS, {
  id: { type: 'integer', minimum: 1 },
  code: { type: 'string', minLength: 1, maxLength: SHORT_TEXT_LENGTH_MAX },
  name: { type: 'string', minLength: 1, maxLength: NAME_LENGTH_MAX },
  parentId: { type: ['integer', 'null'], minimum: 1 },
  users: count,
  usersWithSubsidiaries: count,
  createdAt: { type: 'string', format: 'date-time' },
  updatedAt: { type: 'string', format: 'date-time' },
  revision: count,
})

const ALWAYS = Object.keys(PROPERTIES).filter((name) => !name.startsWith('users'))

/** A customer. */
export const CUSTOMER: Schema = {
  title: 'Customer',
  type: 'object',
  properties: PROPERTIES,
  required: ALWAYS,
  additionalProperties: false,
}

/** A customer with the ones below it. */
export const BRANCH: Schema = {
  title: 'CustomerBranch',
  type: 'object',
  properties: {
    ...PROPERTIES,
    ...describedSchemas(CUSTOMER_MEANINGS, {
      children: { type: 'array', items: { $ref: '#/components/schemas/CustomerBranch' } },
    }),
  },
  required: [...ALWAYS, 'children'],
  additionalProperties: false,
}

/** One that could be. */
export const EXAMPLE_CUSTOMER: WireCustomer = {
  id: 1235,
  code: 'company-sub',
  name: 'Company Subsidiary',
  parentId: 1234,
  users: 3,
  usersWithSubsidiaries: 5,
  createdAt: '2022-12-31T23:00:00.000Z',
  updatedAt: '2022-12-31T23:00:00.000Z',
  revision: 1,
}
