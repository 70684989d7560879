import { useQuery } from '@tanstack/react-query'
import type { Customer, CustomerNode } from '@rollcall/sdk'
import { customersQuery, placed } from '../../customers.ts'
import { useMay } from '../../shell/me.ts'

interface Customers {
  /** Parents before children. */
  readonly customers: readonly Customer[]
  readonly names: ReadonlyMap<number, string>
}

const NONE: Customers = { customers: [], names: new Map() }

// Of the module, so that it runs once per answer and not once per row.
function listed(forest: readonly CustomerNode[]): Customers {
  const customers = placed(forest).map(({ customer }) => customer)
  return { customers, names: new Map(customers.map(({ id, name }) => [id, name])) }
}

/** The customers the caller sees and what they are called; none for who may not read them. */
export function useCustomers(): Customers {
  const mayRead = useMay('customers:read')
  return useQuery({ ...customersQuery, enabled: mayRead, select: listed }).data ?? NONE
}
