import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Customer } from '@rollcall/sdk'
import { directory } from '../../directory.ts'
import { useMay } from '../../shell/me.ts'

const NONE: readonly Customer[] = []
const NO_NAMES: ReadonlyMap<number, string> = new Map()

export const customersQuery = queryOptions({
  queryKey: ['customers'] as const,
  queryFn: async ({ signal }) => (await directory.customers.list({ signal })).customers,
  staleTime: 60_000,
})

const namesOf = (customers: readonly Customer[]) => ({
  customers,
  names: new Map(customers.map(({ id, name }) => [id, name])) as ReadonlyMap<number, string>,
})

/** The customers the caller sees, parents before children, and what they are called; none for who may not read them. */
export function useCustomers(): {
  readonly customers: readonly Customer[]
  readonly names: ReadonlyMap<number, string>
} {
  const mayRead = useMay('customers:read')
  return useQuery({ ...customersQuery, enabled: mayRead, select: namesOf }).data ?? { customers: NONE, names: NO_NAMES }
}
