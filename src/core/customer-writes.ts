import { instantNow, type Caller } from './caller.ts'
import { assertRevision, commit, commitUnlessChanged, earlierResult } from './commits.ts'
import { customerTree, type Customer, type CustomerTree } from './customer.ts'
import type { CustomerDraft, WriteCondition } from './directory.ts'
import { DirectoryError, invalid, notFound } from './error.ts'
import { CUSTOMER_DEPTH_MAX, NAME_LENGTH_MAX, SHORT_TEXT_LENGTH_MAX } from './limits.ts'
import { assertMay } from './principal.ts'
import { isLongerInAnyForm, isStorable } from './text.ts'

/** The part of the forest the caller may see; its root has no parent there. */
export async function visibleCustomers({ store, principal }: Caller): Promise<CustomerTree> {
  const tree = await store.customers()
  const { scope } = principal
  if (scope === 'all') return tree
  const within = tree.within(scope).map((one) => (one.id === scope ? { ...one, parentId: null } : one))
  return customerTree(within, tree.revision)
}

/** Creates a customer below one the caller may see; a new root only for callers who see everything. */
export async function createCustomer(caller: Caller, draft: CustomerDraft): Promise<Customer> {
  assertMay(caller.principal, 'customers:write', 'Creating customers')
  const earlier = await earlierResult(caller)
  if (earlier !== undefined) return earlier as Customer
  const { id, code, name, parentId = null } = draft
  if (code === undefined) throw invalid('missing', 'A customer needs a code.', { in: 'body', name: 'code' })
  assertParent(caller, await visibleCustomers(caller), parentId)
  assertDepth(await caller.store.customers(), parentId, 1)
  const at = instantNow(caller)
  const customer = {
    code: checked(code, 'code'),
    name: checked(name ?? code, 'name'),
    parentId,
    createdAt: at,
    updatedAt: at,
  }
  const numbered = id === undefined ? customer : { ...customer, id: checkedId(id) }
  const { results } = await commit(caller, [{ kind: 'customer', customer: numbered, expected: null }])
  return results[0] as Customer
}

/** Renames or moves a customer. `conflict` with reason `cycle` for a move below itself. */
export async function updateCustomer(
  caller: Caller,
  id: number,
  draft: CustomerDraft,
  condition: WriteCondition = {},
): Promise<Customer> {
  assertMay(caller.principal, 'customers:write', 'Changing customers')
  return commitUnlessChanged(async () => {
    const tree = await visibleCustomers(caller)
    const { revision, ...before } = visible(tree, id)
    assertRevision(revision, condition)
    if (draft.id !== undefined && draft.id !== id) {
      throw invalid('value', 'The id of a customer cannot be changed.', { in: 'body', name: 'id' })
    }
    const whole = await caller.store.customers()
    const moved = draft.parentId !== undefined && draft.parentId !== before.parentId
    if (moved) {
      assertMove(caller, tree, id, draft.parentId)
      assertDepth(whole, draft.parentId, heightOf(whole, id))
    }
    const parentId = moved ? draft.parentId : (whole.get(id)?.parentId ?? null)
    const code = draft.code === undefined ? before.code : checked(draft.code, 'code')
    const name = draft.name === undefined ? before.name : checked(draft.name, 'name')
    if (code === before.code && name === before.name && !moved) return { ...before, revision }
    const customer = { ...before, code, name, parentId, updatedAt: instantNow(caller) }
    const { results } = await commit(caller, [{ kind: 'customer', customer, expected: revision }])
    // What is above the caller's own customer is not for it to see.
    return { ...(results[0] as Customer), parentId: moved ? draft.parentId : before.parentId }
  })
}

/** Removes a customer that has no users and nobody below it; `conflict` with reason `in_use` otherwise. */
export async function removeCustomer(caller: Caller, id: number, condition: WriteCondition = {}): Promise<void> {
  assertMay(caller.principal, 'customers:write', 'Removing customers')
  return commitUnlessChanged(async () => {
    const { revision } = visible(await visibleCustomers(caller), id)
    assertRevision(revision, condition)
    await commit(caller, [{ kind: 'remove-customer', id, expected: revision }])
  })
}

function visible(tree: CustomerTree, id: number): Customer {
  const customer = tree.get(id)
  if (!customer) throw notFound('Customer')
  return customer
}

function assertParent(caller: Caller, tree: CustomerTree, parentId: number | null): void {
  if (parentId === null) {
    if (caller.principal.scope === 'all') return
    throw new DirectoryError('forbidden', 'Only a caller who sees everything can have a customer without a parent.', {
      reason: 'scope',
    })
  }
  if (!tree.get(parentId)) throw invalid('value', `There is no customer ${parentId}.`, { in: 'body', name: 'parentId' })
}

// Levels are counted from the root, also those a caller does not see.
function assertDepth(whole: CustomerTree, parentId: number | null, levels: number): void {
  let depth = levels
  for (let at = parentId; at !== null; at = whole.get(at)?.parentId ?? null) depth++
  if (depth > CUSTOMER_DEPTH_MAX) {
    throw invalid('range', `Customers are nested at most ${CUSTOMER_DEPTH_MAX} deep.`, { in: 'body', name: 'parentId' })
  }
}

/** How many levels a customer and those below it take. */
function heightOf(tree: CustomerTree, id: number): number {
  return 1 + tree.children(id).reduce((height, child) => Math.max(height, heightOf(tree, child.id)), 0)
}

function assertMove(caller: Caller, tree: CustomerTree, id: number, parentId: number | null): void {
  if (parentId !== null && tree.isWithin(parentId, id)) {
    throw new DirectoryError('conflict', 'A customer cannot be moved below itself.', {
      reason: 'cycle',
      where: { in: 'body', name: 'parentId' },
    })
  }
  assertParent(caller, tree, parentId)
}

function checked(text: string, field: 'code' | 'name'): string {
  const lengthMax = field === 'code' ? SHORT_TEXT_LENGTH_MAX : NAME_LENGTH_MAX
  if (!isStorable(text))
    throw invalid('text', `${field} must not contain NUL or lone surrogates.`, { in: 'body', name: field })
  const normal = isLongerInAnyForm(text, lengthMax) ? text : text.normalize('NFC')
  if (normal.trim() === '' || normal.length > lengthMax) {
    const allowed = `1 to ${lengthMax} characters`
    throw invalid('range', `${field} must have ${allowed}.`, { in: 'body', name: field, allowed })
  }
  return normal
}

function checkedId(id: number): number {
  if (Number.isInteger(id) && id >= 1 && id <= Number.MAX_SAFE_INTEGER) return id
  throw invalid('range', 'id must be a positive whole number.', {
    in: 'body',
    name: 'id',
    allowed: 'a positive whole number',
  })
}
