import type { Condition } from '../sql/condition.ts'
import { FALSE, joined, TRUE } from '../sql/condition.ts'
import { sql } from '../sql/fragment.ts'
import type { CustomerScope, Reading } from './reader.ts'

/** The scopes of the customers a condition asks for, by id. */
export async function scopesOf(reading: Reading, condition: Condition): Promise<ReadonlyMap<number, CustomerScope>> {
  const scopes = new Map<number, CustomerScope>()
  for (const id of subtreesIn(condition)) if (!scopes.has(id)) scopes.set(id, await scopeOf(reading, id))
  return scopes
}

async function scopeOf({ reader, asking, heading }: Reading, id: number): Promise<CustomerScope> {
  const known = reader.scopes.get(String(id))
  if (known?.revision === heading.customers) return known
  // Paths are ids with a point after each, so that all below begin like it: `/` comes right after the point.
  const row = Number.isSafeInteger(id)
    ? await asking.first(sql`SELECT json_agg(b.id), (SELECT count(*) FROM customers) FROM customers c
        JOIN customers b ON b.path >= c.path AND b.path < rtrim(c.path, '.') || '/' WHERE c.id = ${id}`)
    : undefined
  const customers = JSON.parse(String(row?.[0] ?? '[]')) as number[]
  const scope = { revision: heading.customers, customers, isEverybody: customers.length === Number(row?.[1]) }
  reader.scopes.set(String(id), scope)
  return scope
}

function subtreesIn(condition: Condition): readonly number[] {
  if (condition.kind !== 'atom') return condition.of.flatMap(subtreesIn)
  return condition.atom.kind === 'subtree' ? [condition.atom.customerId] : []
}

/** A condition in which a subtree of nobody, of everybody and of one customer is said more simply. */
export function withScopes(condition: Condition, scopes: ReadonlyMap<number, CustomerScope>): Condition {
  if (condition.kind !== 'atom')
    return joined(
      condition.kind,
      condition.of.map((one) => withScopes(one, scopes)),
    )
  const { atom, negated } = condition
  if (atom.kind !== 'subtree') return condition
  const { customerId } = atom
  const { customers = [], isEverybody = false } = scopes.get(customerId) ?? {}
  if (customers.length === 0) return negated ? TRUE : FALSE
  if (isEverybody) return negated ? FALSE : TRUE
  if (customers.length > 1) return condition
  return { kind: 'atom', atom: { kind: 'compare', field: 'customerId', op: 'eq', value: customerId }, negated }
}
