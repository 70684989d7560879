import type { Customer } from '../../core/customer.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import type { Change } from '../../core/store.ts'
import { fold } from '../../core/text.ts'
import { instantMs } from '../sql/instant.ts'
import { CUSTOMER_COLUMNS, customerFrom } from './customers.ts'
import type { Transaction } from './database.ts'
import { anyOf, rowsOfAny, runForEach } from './each.ts'
import type { Tally } from './tally.ts'

type CustomerChange = Change & { readonly kind: 'customer' }
type Removal = Change & { readonly kind: 'remove-customer' }

/** The customers of a commit under way: read before its first change, written after the last. */
export interface CustomersUnderWay {
  has(id: number): boolean
  write(change: CustomerChange, tally: Tally): Customer
  /** Removes a customer that nothing depends on. */
  remove(change: Removal, tally: Tally): null
  flush(): Promise<void>
}

/** Reads what changes look at. The questions are sent at once, behind what was sent before. */
export async function startCustomers(
  transaction: Transaction,
  newest: Promise<number>,
  changes: readonly Change[],
): Promise<CustomersUnderWay> {
  const [known, past, crowded, revision] = await Promise.all([
    readCustomers(transaction, changes),
    readPast(transaction, changes),
    readCrowded(transaction, changes),
    newest,
  ])
  const holders = new Map([...known.values()].map(({ id, code }) => [fold(code), id]))
  const stood = new Map(known)
  const touched = new Set<number>()
  const moved = new Set<number>()
  const history: object[] = []

  const leave = (before: Customer) => {
    history.push({ id: before.id, revision: before.revision, until: revision, customer: JSON.stringify(before) })
    past.add(before.id)
    if (holders.get(fold(before.code)) === before.id) holders.delete(fold(before.code))
  }
  const assertParent = ({ id, parentId }: Customer) => {
    if (parentId === null) return
    if (parentId !== id && !known.has(parentId)) {
      const where = { name: 'parentId', value: String(parentId) }
      throw invalid('value', `There is no customer ${parentId}.`, where)
    }
    if (parentId === id || above(known, parentId).includes(id)) {
      throw new DirectoryError('conflict', 'A customer cannot be below itself.', {
        reason: 'cycle',
        where: { name: 'parentId' },
      })
    }
  }

  return {
    has: (id) => known.has(id),
    write({ customer, expected }, tally) {
      const before = customer.id === undefined ? undefined : known.get(customer.id)
      // An id is never given again: a token may still have its customer for a scope.
      const hasBeen = customer.id !== undefined && (before !== undefined || past.has(customer.id))
      if (expected === null && hasBeen) throw taken('id', 'This customer id')
      if (expected !== null && before?.revision !== expected) throw changed()
      const id = before?.id ?? tally.next('customer', customer.id)
      const version: Customer = { ...customer, id, revision }
      assertParent(version)
      const holder = holders.get(fold(version.code))
      if (holder !== undefined && holder !== id) throw taken('code', 'This customer code')
      if (before) leave(before)
      if (before && before.parentId !== version.parentId) moved.add(id)
      holders.set(fold(version.code), id)
      known.set(id, version)
      touched.add(id)
      tally.noteCustomers()
      return version
    },
    remove({ id, expected }, tally) {
      const before = known.get(id)
      if (before?.revision !== expected) throw changed()
      const hasUsers = (crowded.get(id) ?? 0) + tally.gained(id) > 0
      const hasChildren = [...known.values()].some(({ parentId }) => parentId === id)
      if (hasUsers || hasChildren) {
        const what = hasUsers ? 'users' : 'customers below it'
        const where = { name: 'id' }
        throw new DirectoryError('conflict', `The customer still has ${what}.`, { reason: 'in_use', where })
      }
      leave(before)
      known.delete(id)
      touched.add(id)
      tally.noteCustomers()
      return null
    },
    async flush() {
      const written = [...touched].flatMap((id) => known.get(id) ?? [])
      const rows = written.map((customer) => ({ ...customerRow(customer), path: pathOf(known, customer.id) }))
      const old = [...touched].filter((id) => stood.has(id))
      await Promise.all([
        // Removed and written anew: nobody holds a code any more that another one takes.
        runForEach(transaction, DELETE_CUSTOMERS, old),
        runForEach(transaction, INSERT_CUSTOMERS, rows),
        runForEach(transaction, MOVE_BELOW, [...moved].filter((id) => known.has(id))), // prettier-ignore
        runForEach(transaction, INSERT_HISTORY, history),
      ])
    },
  }
}

// Everybody named, whoever has a code that is asked for, everybody above them, and those right below who is to go.
async function readCustomers(transaction: Transaction, changes: readonly Change[]): Promise<Map<number, Customer>> {
  const ids = new Set<number>()
  const codes: string[] = []
  const removed: number[] = []
  for (const change of changes) {
    if (change.kind === 'user') ids.add(change.user.customerId)
    if (change.kind === 'remove-customer') {
      ids.add(change.id)
      removed.push(change.id)
    }
    if (change.kind !== 'customer') continue
    const { id, parentId, code } = change.customer
    for (const one of [id, parentId]) if (typeof one === 'number') ids.add(one)
    codes.push(fold(code))
  }
  const rows = await rowsOfAny(transaction, SELECT_CUSTOMERS, [...ids], codes, removed)
  return new Map(rows.map(customerFrom).map((customer) => [customer.id, customer]))
}

// Ids of those to be written that somebody has had who is gone.
async function readPast(transaction: Transaction, changes: readonly Change[]): Promise<Set<number>> {
  const ids = changes.flatMap((change) => (change.kind === 'customer' ? (change.customer.id ?? []) : []))
  const rows = await rowsOfAny(transaction, SELECT_PAST, ids)
  return new Set(rows.map(([id]) => Number(id)))
}

// How many users those to be removed have.
async function readCrowded(transaction: Transaction, changes: readonly Change[]): Promise<ReadonlyMap<number, number>> {
  const ids = changes.flatMap((change) => (change.kind === 'remove-customer' ? [change.id] : []))
  const rows = await rowsOfAny(transaction, SELECT_CROWDED, ids)
  return new Map(rows.map(([id, users]) => [Number(id), Number(users)]))
}

// A customer and all above it, upwards.
function above(known: ReadonlyMap<number, Customer>, id: number): readonly number[] {
  const ids: number[] = []
  for (let at = known.get(id); at; at = at.parentId === null ? undefined : known.get(at.parentId)) ids.push(at.id)
  return ids
}

function pathOf(known: ReadonlyMap<number, Customer>, id: number): string {
  return above(known, id).toReversed().map((one) => `${one}.`).join('') // prettier-ignore
}

function customerRow({ id, code, name, parentId, createdAt, updatedAt, revision }: Customer): object {
  const times = { created_at: instantMs(createdAt), updated_at: instantMs(updatedAt) }
  return { id, code, code_key: fold(code), name, parent_id: parentId, ...times, revision }
}

const SELECT_CUSTOMERS = {
  name: 'customers around',
  text: `
  WITH named AS (
    SELECT path FROM customers WHERE id = ${anyOf('bigint')} OR code_key = ${anyOf('text')})
  SELECT ${CUSTOMER_COLUMNS.text} FROM customers
  WHERE id IN (SELECT step::bigint FROM named, string_to_table(rtrim(path, '.'), '.') AS step)
    OR parent_id = ${anyOf('bigint')}`,
}

const SELECT_PAST = {
  name: 'past customers',
  text: `SELECT DISTINCT id FROM customer_history WHERE id = ${anyOf('bigint')}`,
}

const SELECT_CROWDED = {
  name: 'crowded customers',
  text: `SELECT customer_id, sum(users)::bigint FROM user_counts WHERE customer_id = ${anyOf('bigint')} GROUP BY 1`,
}

const DELETE_CUSTOMERS = { name: 'delete customers', text: `DELETE FROM customers WHERE id = ${anyOf('bigint')}` }

const INSERT_CUSTOMERS = {
  name: 'insert customers',
  text: `
  INSERT INTO customers (id, code, code_key, name, parent_id, path, created_at, updated_at, revision)
  SELECT * FROM json_to_recordset(?) AS r (id bigint, code text, code_key text, name text, parent_id bigint, path text,
    created_at bigint, updated_at bigint, revision bigint)`,
}

// Everybody below who has moved, by way of the new paths of those.
const MOVE_BELOW = {
  name: 'move customers',
  text: `
  WITH RECURSIVE below AS (
    SELECT id, path FROM customers WHERE id = ${anyOf('bigint')}
    UNION SELECT c.id, b.path || c.id || '.' FROM customers c JOIN below b ON c.parent_id = b.id)
  UPDATE customers c SET path = b.path FROM below b WHERE c.id = b.id AND c.path <> b.path`,
}

const INSERT_HISTORY = {
  name: 'insert customer history',
  text: `INSERT INTO customer_history (id, revision, until, customer)
  SELECT * FROM json_to_recordset(?) AS r (id bigint, revision bigint, until bigint, customer text)`,
}

function taken(name: string, what: string): DirectoryError {
  return new DirectoryError('conflict', `${what} is in use.`, { reason: 'taken', where: { name } })
}

function changed(): DirectoryError {
  return new DirectoryError('conflict', 'The customer has changed since.', { reason: 'changed' })
}
