import type { Instant } from './user.ts'

/** An organisation that has users: a customer, or a subsidiary of one. Together they are a forest of any depth. */
export interface Customer {
  readonly id: number
  /** Unique on its folded key. */
  readonly code: string
  readonly name: string
  /** The customer above, or null for a root. */
  readonly parentId: number | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly revision: number
}

/** The whole forest at one revision, small enough to be held in memory. */
export interface CustomerTree {
  readonly revision: number
  get(id: number): Customer | undefined
  /** Whether `id` is `root` or lies below it, at any depth. False when either does not exist. */
  isWithin(id: number, root: number): boolean
  /** The customer and all below it, parents before children, siblings by id; the whole forest without a root. */
  within(root?: number): readonly Customer[]
  children(id: number | null): readonly Customer[]
}

/** Builds the tree from its customers, in any order. */
export function customerTree(customers: Iterable<Customer>, revision: number): CustomerTree {
  const byId = new Map<number, Customer>()
  for (const customer of customers) byId.set(customer.id, customer)
  const below = new Map<number | null, Customer[]>()
  for (const customer of [...byId.values()].sort((a, b) => a.id - b.id)) {
    const siblings = below.get(customer.parentId)
    if (siblings) siblings.push(customer)
    else below.set(customer.parentId, [customer])
  }
  const children = (id: number | null) => below.get(id) ?? []
  return {
    revision,
    get: (id) => byId.get(id),
    children,
    isWithin(id, root) {
      for (let at = byId.get(id); at; at = at.parentId === null ? undefined : byId.get(at.parentId)) {
        if (at.id === root) return true
      }
      return false
    },
    within(root) {
      const found: Customer[] = []
      const start = root === undefined ? children(null) : [byId.get(root)].filter((one) => one !== undefined)
      const open = start.toReversed()
      for (let next = open.pop(); next; next = open.pop()) {
        found.push(next)
        // One by one: a customer may have more below it than a call takes arguments.
        for (const child of children(next.id).toReversed()) open.push(child)
      }
      return found
    },
  }
}
