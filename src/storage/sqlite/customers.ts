import { customerTree, type Customer, type CustomerTree } from '../../core/customer.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import type { Change } from '../../core/store.ts'
import { fold } from '../../core/text.ts'
import { raw, sql } from '../sql/fragment.ts'
import { instantMs, instantText } from '../sql/instant.ts'
import { counter, setCounter } from './counters.ts'
import type { Database, Row } from './database.ts'

const COLUMNS = 'id, code, name, parent_id, created_at, updated_at, revision'

/** The range of paths of a customer and all below it: `from` inclusive, `to` not. */
export interface PathRange {
  readonly from: string
  readonly to: string
}

/** The whole forest, read once for every revision that changes it. */
export function customerReader(database: Database): () => CustomerTree {
  let known: CustomerTree | undefined
  let changedAt = -1
  // Writers ask for every user: one statement tells whether what is known still holds.
  const state = () => {
    const row = database.first(raw(STATE))
    return { newest: Number(row?.[0]), revision: Number(row?.[1]) }
  }
  const readAnew = () =>
    database.read(() => {
      const { newest, revision } = state()
      known = customerTree(database.rows(raw(`SELECT ${COLUMNS} FROM customers`)).map(customerFrom), revision)
      changedAt = newest
      return known
    })
  return () => {
    const { newest, revision } = state()
    if (!known || changedAt !== newest) return readAnew()
    if (known.revision !== revision) known = { ...known, revision }
    return known
  }
}

const STATE = `SELECT (SELECT value FROM counters WHERE name = 'customers'),
  (SELECT value FROM counters WHERE name = 'revision')`

/** The range of a customer's subtree; undefined where there is no such customer. */
export function pathRange(database: Database, id: number): PathRange | undefined {
  const path = database.first(sql`SELECT path FROM customers WHERE id = ${id}`)?.[0]
  return typeof path === 'string' ? { from: path, to: `${path.slice(0, -1)}/` } : undefined
}

/** Writes a customer as a commit brings it. */
export function writeCustomer(
  database: Database,
  { customer, expected }: Change & { kind: 'customer' },
  revision: number,
): Customer {
  const before = customer.id === undefined ? undefined : readCustomer(database, customer.id)
  // An id is never given again: a token may still have its customer for a scope.
  const isKnown = before !== undefined || (customer.id !== undefined && hasBeen(database, customer.id))
  if (expected === null && isKnown) throw taken('id', 'This customer id')
  if (expected !== null && before?.revision !== expected) throw changed()
  const id = customer.id ?? counter(database, 'customer') + 1
  const version: Customer = { ...customer, id, revision }
  const path = `${parentPath(database, version)}${id}.`
  assertCodeFree(database, version)
  const { code, name, parentId, createdAt, updatedAt } = version
  const values = [code, fold(code), name, parentId, instantMs(createdAt), instantMs(updatedAt), revision] as const
  if (before) {
    keepVersion(database, before, revision)
    movePaths(database, id, path)
    database.execute(
      `UPDATE customers SET code = ?, code_key = ?, name = ?, parent_id = ?, created_at = ?, updated_at = ?, revision = ?
       WHERE id = ?`,
      ...values,
      id,
    )
  } else {
    database.execute(
      `INSERT INTO customers (code, code_key, name, parent_id, created_at, updated_at, revision, id, path)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...values,
      id,
      path,
    )
    if (id > counter(database, 'customer')) setCounter(database, 'customer', id)
  }
  setCounter(database, 'customers', revision)
  return version
}

/** Removes a customer that nothing depends on. */
export function removeCustomer(
  database: Database,
  { id, expected }: Change & { kind: 'remove-customer' },
  revision: number,
): null {
  const before = readCustomer(database, id)
  if (before?.revision !== expected) throw changed()
  const hasUsers = database.first(sql`SELECT 1 FROM users WHERE customer_id = ${id} LIMIT 1`)
  const hasChildren = database.first(sql`SELECT 1 FROM customers WHERE parent_id = ${id} LIMIT 1`)
  if (hasUsers ?? hasChildren) {
    const what = hasUsers ? 'users' : 'customers below it'
    throw new DirectoryError('conflict', `The customer still has ${what}.`, { reason: 'in_use', where: { name: 'id' } })
  }
  keepVersion(database, before, revision)
  database.execute('DELETE FROM customers WHERE id = ?', id)
  setCounter(database, 'customers', revision)
  return null
}

function readCustomer(database: Database, id: number): Customer | undefined {
  const row = database.first({ text: `SELECT ${COLUMNS} FROM customers WHERE id = ?`, values: [id] })
  return row && customerFrom(row)
}

function customerFrom([id, code, name, parentId, createdAt, updatedAt, revision]: Row): Customer {
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

function parentPath(database: Database, { id, parentId }: Customer): string {
  if (parentId === null) return ''
  const parent = pathRange(database, parentId)
  if (!parent && parentId !== id) {
    throw invalid('value', `There is no customer ${parentId}.`, { name: 'parentId', value: String(parentId) })
  }
  if (!parent || `.${parent.from}`.includes(`.${id}.`)) {
    throw new DirectoryError('conflict', 'A customer cannot be below itself.', {
      reason: 'cycle',
      where: { name: 'parentId' },
    })
  }
  return parent.from
}

// Paths are unique, and no path is that of a customer at another place: none meets another on the way.
function movePaths(database: Database, id: number, path: string): void {
  const range = pathRange(database, id)
  if (!range || range.from === path) return
  database.execute(
    'UPDATE customers SET path = ? || substr(path, ?) WHERE path >= ? AND path < ?',
    path,
    range.from.length + 1,
    range.from,
    range.to,
  )
}

function assertCodeFree(database: Database, { id, code }: Customer): void {
  const other = database.first(sql`SELECT 1 FROM customers WHERE code_key = ${fold(code)} AND id <> ${id}`)
  if (other) throw taken('code', 'This customer code')
}

function keepVersion(database: Database, before: Customer, until: number): void {
  database.execute(
    'INSERT INTO customer_history (id, revision, until, customer) VALUES (?, ?, ?, ?)',
    before.id,
    before.revision,
    until,
    JSON.stringify(before),
  )
}

function taken(name: string, what: string): DirectoryError {
  return new DirectoryError('conflict', `${what} is in use.`, { reason: 'taken', where: { name } })
}

function changed(): DirectoryError {
  return new DirectoryError('conflict', 'The customer has changed since.', { reason: 'changed' })
}

/** Live and deleted users of each customer that has any. */
export function readUserCounts(database: Database): ReadonlyMap<number, { live: number; deleted: number }> {
  const rows = database.rows(
    raw(`SELECT customer_id, sum(iif(live, users, 0)), sum(iif(live, 0, users)) FROM user_counts
      GROUP BY customer_id HAVING sum(users) > 0`),
  )
  return new Map(rows.map(([id, live, deleted]) => [Number(id), { live: Number(live), deleted: Number(deleted) }]))
}

function hasBeen(database: Database, id: number): boolean {
  return database.first(sql`SELECT 1 FROM customer_history WHERE id = ${id} LIMIT 1`) !== undefined
}
