import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Customer, CustomerNode } from '@rollcall/sdk'
import { directory } from './directory.ts'
import { useMay } from './shell/me.ts'

/** All customers the caller may see, as a forest. Kept for all pages that name customers. */
export const customersQuery = queryOptions({
  queryKey: ['customers', 'tree'],
  queryFn: async ({ signal }) => (await directory.customers.tree({ signal })).customers,
  staleTime: 60_000,
})

/** A customer where it stands in the forest. */
export interface PlacedCustomer {
  readonly customer: CustomerNode
  /** 0 for a root. */
  readonly depth: number
  /** Names from the root down to it. */
  readonly path: readonly string[]
}

/** The forest as a list, parents before children. */
export function placed(forest: readonly CustomerNode[]): readonly PlacedCustomer[] {
  const list: PlacedCustomer[] = []
  const add = (customer: CustomerNode, above: readonly string[]) => {
    const path = [...above, customer.name]
    list.push({ customer, depth: above.length, path })
    for (const child of customer.children) add(child, path)
  }
  for (const root of forest) add(root, [])
  return list
}

const NONE: readonly PlacedCustomer[] = []

/** The customers as a list; empty while they are read and for callers who may not read them. */
export function useCustomers(): readonly PlacedCustomer[] {
  const isEnabled = useMay('customers:read')
  return useQuery({ ...customersQuery, enabled: isEnabled, select: placed }).data ?? NONE
}

/** Customers by id, to name one that a user or token belongs to. */
export function useCustomerNames(): ReadonlyMap<number, Customer> {
  return new Map(useCustomers().map(({ customer }) => [customer.id, customer]))
}
