import { queryOptions, useQuery } from '@tanstack/react-query'
import type { CustomerNode, Scope } from '@rollcall/sdk'
import { directory } from '../directory/client.ts'
import { useMay } from '../directory/me.ts'

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

/** The customers a caller sees. */
export interface Customers {
  readonly forest: readonly CustomerNode[]
  /** Parents before children. */
  readonly customers: readonly CustomerNode[]
  /** The same, each with its place. */
  readonly placed: readonly PlacedCustomer[]
  /** What they are called, by id. */
  readonly names: ReadonlyMap<number, string>
}

const NONE: Customers = { forest: [], customers: [], placed: [], names: new Map() }

// Of the module, so that it runs once per answer and not once per row that names a customer.
function listed(forest: readonly CustomerNode[]): Customers {
  const list = placed(forest)
  const customers = list.map(({ customer }) => customer)
  return { forest, customers, placed: list, names: new Map(customers.map(({ id, name }) => [id, name])) }
}

/** The customers; none while they are read and for callers who may not read them. */
export function useCustomers(): Customers {
  const isEnabled = useMay('customers:read')
  return useQuery({ ...customersQuery, enabled: isEnabled, select: listed }).data ?? NONE
}

/** What a scope is called: the customer whose subtree it is, or everything. */
export function useScopeName(): (scope: Scope) => string {
  const { names } = useCustomers()
  return (scope) => (scope === 'all' ? 'Everything' : (names.get(scope) ?? `Customer ${scope}`))
}
