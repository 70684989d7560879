import type { Customer } from '@rollcall/sdk'
import { foldedText } from '../../../text/folded-text.ts'

/** One line of the customer tree as it is seen. */
export interface TreeLine {
  readonly customer: Customer
  /** From 1. */
  readonly level: number
  readonly isOpen: boolean
  readonly hasChildren: boolean
  /** Among its siblings, from 1. */
  readonly position: number
  readonly siblings: number
}

/** The lines of a tree, children below their parents. A filter keeps what is called so, and all above it, opened. */
export function treeLines(
  customers: readonly Customer[],
  closed: ReadonlySet<number>,
  filter: string,
): readonly TreeLine[] {
  const ids = new Set(customers.map(({ id }) => id))
  const wanted = keptBy(customers, filter)
  const children = new Map<number | null, Customer[]>()
  for (const customer of customers) {
    if (wanted?.has(customer.id) === false) continue
    // What lies above the caller's scope is not seen: such a customer stands at the top.
    const parent = customer.parentId !== null && ids.has(customer.parentId) ? customer.parentId : null
    const siblings = children.get(parent)
    if (siblings === undefined) children.set(parent, [customer])
    else siblings.push(customer)
  }
  const lines: TreeLine[] = []
  const add = (parent: number | null, level: number) => {
    const siblings = children.get(parent) ?? []
    for (const [at, customer] of siblings.entries()) {
      const hasChildren = children.has(customer.id)
      const isOpen = hasChildren && (wanted !== undefined || !closed.has(customer.id))
      lines.push({ customer, level, isOpen, hasChildren, position: at + 1, siblings: siblings.length })
      if (isOpen) add(customer.id, level + 1)
    }
  }
  add(null, 1)
  return lines
}

function keptBy(customers: readonly Customer[], filter: string): ReadonlySet<number> | undefined {
  const words = foldedText(filter)
    .split(/\s+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return undefined
  const byId = new Map(customers.map((customer) => [customer.id, customer]))
  const kept = new Set<number>()
  for (const customer of customers) {
    const text = foldedText(`${customer.name} ${customer.code} ${customer.id}`)
    if (!words.every((word) => text.includes(word))) continue
    for (let at: Customer | undefined = customer; at !== undefined && !kept.has(at.id);) {
      kept.add(at.id)
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    }
  }
  return kept
}
