import type { Condition } from '../sql/condition.ts'
import { FALSE, joined, TRUE } from '../sql/condition.ts'
import { sql } from '../sql/fragment.ts'
import { counter } from './counters.ts'
import { pathRange } from './customers.ts'
import type { Database } from './database.ts'
import type { Memory } from '../sql/memory.ts'

/** What is known of a customer and all below it. */
export interface CustomerScope {
  /** The revision that last changed any customer when this was found out. */
  readonly revision: number
  /** The range of their paths: `from` inclusive, `to` not. */
  readonly from: string
  readonly to: string
  /** How many customers they are, and whether there are others. */
  readonly customers: number
  readonly isEverybody: boolean
}

/** The scope of a customer; undefined where there is no such customer. */
export function customerScope(database: Database, known: Memory<CustomerScope>, id: number): CustomerScope | undefined {
  const revision = counter(database, 'customers')
  const before = known.get(String(id))
  if (before?.revision === revision) return before
  const range = pathRange(database, id)
  if (!range) return undefined
  const row = database.first(sql`SELECT count(*), (SELECT count(*) FROM customers) FROM customers
    WHERE path >= ${range.from} AND path < ${range.to}`)
  const customers = Number(row?.[0])
  const scope = { ...range, revision, customers, isEverybody: customers === Number(row?.[1]) }
  known.set(String(id), scope)
  return scope
}

/** A condition in which a subtree of nobody, of everybody and of one customer is said more simply. */
export function withScopes(condition: Condition, scope: (id: number) => CustomerScope | undefined): Condition {
  if (condition.kind !== 'atom')
    return joined(
      condition.kind,
      condition.of.map((one) => withScopes(one, scope)),
    )
  const { atom, negated } = condition
  if (atom.kind !== 'subtree') return condition
  const { customerId } = atom
  const found = scope(customerId)
  if (!found) return negated ? TRUE : FALSE
  if (found.isEverybody) return negated ? FALSE : TRUE
  if (found.customers > 1) return condition
  return { kind: 'atom', atom: { kind: 'compare', field: 'customerId', op: 'eq', value: customerId }, negated }
}
