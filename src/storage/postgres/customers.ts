import { customerTree, type Customer, type CustomerTree } from '../../core/customer.ts'
import { raw, sql, type Fragment } from '../sql/fragment.ts'
import { instantText } from '../sql/instant.ts'
import type { Row } from './connection.ts'
import { counter } from './counters.ts'
import type { Database } from './database.ts'

/** The columns of `customers` that `customerFrom` reads, in its order. */
export const CUSTOMER_COLUMNS: Fragment = raw('id, code, name, parent_id, created_at, updated_at, revision')

/** The whole forest, read once for every revision that changes it. */
export function customerReader(database: Database): () => Promise<CustomerTree> {
  let known: { readonly tree: CustomerTree; readonly changedAt: number } | undefined
  const newest = { ...sql`SELECT ${counter('customers')}, ${counter('revision')}`, name: 'customers' }
  return async () => {
    const [changedAt, revision] = ((await database.first(newest)) ?? []).map(Number)
    if (changedAt === undefined || revision === undefined) throw new Error('The counters of the directory are gone.')
    if (known?.changedAt === changedAt) return { ...known.tree, revision }
    return database.read(async (snapshot) => {
      const [counters, rows] = await Promise.all([
        snapshot.first(newest),
        snapshot.rows(sql`SELECT ${CUSTOMER_COLUMNS} FROM customers`),
      ])
      const tree = customerTree(rows.map(customerFrom), Number(counters?.[1]))
      // Two may read at once: the newer forest stays.
      if ((known?.changedAt ?? -1) < Number(counters?.[0])) known = { tree, changedAt: Number(counters?.[0]) }
      return tree
    })
  }
}

/** The customer a row of CUSTOMER_COLUMNS is. */
export function customerFrom([id, code, name, parentId, createdAt, updatedAt, revision]: Row): Customer {
  return {
    id: Number(id),
    code: String(code),
    name: String(name),
    parentId: parentId === null || parentId === undefined ? null : Number(parentId),
    createdAt: instantText(Number(createdAt)),
    updatedAt: instantText(Number(updatedAt)),
    revision: Number(revision),
  }
}
