import type { CustomerNode } from '@rollcall/sdk'
import { foldedText } from '../../text/folded-text.ts'

/** A line of the tree as it stands now. */
export interface TreeRow {
  readonly customer: CustomerNode
  /** From 1, as `aria-level` counts. */
  readonly level: number
  /** Null where nothing is below it. */
  readonly isOpen: boolean | null
  readonly siblings: number
  /** From 1 among its siblings that are shown. */
  readonly position: number
  readonly parentId: number | null
}

interface Shown {
  readonly node: CustomerNode
  readonly children: readonly Shown[]
}

/**
 * The lines that are shown, from the top. With a search: whatever name, code or number holds all its words, and what
 * lies above that; then nothing is folded.
 */
export function treeRows(
  forest: readonly CustomerNode[],
  search: string,
  isFolded: (id: number) => boolean,
): readonly TreeRow[] {
  const words = foldedText(search)
    .split(/\s+/)
    .filter((word) => word !== '')
  const rows: TreeRow[] = []
  const add = (shown: readonly Shown[], level: number, parentId: number | null) => {
    for (const [index, { node, children }] of shown.entries()) {
      const isOpen = children.length === 0 ? null : words.length > 0 || !isFolded(node.id)
      rows.push({ customer: node, level, isOpen, siblings: shown.length, position: index + 1, parentId })
      if (isOpen === true) add(children, level + 1, node.id)
    }
  }
  add(
    forest.flatMap((node) => meant(node, words)),
    1,
    null,
  )
  return rows
}

function meant(node: CustomerNode, words: readonly string[]): readonly Shown[] {
  const children = node.children.flatMap((child) => meant(child, words))
  const text = words.length === 0 ? '' : foldedText(`${node.name} ${node.code} ${node.id}`)
  return children.length > 0 || words.every((word) => text.includes(word)) ? [{ node, children }] : []
}

/** Where a key leads in the tree: another line, or folding or opening this one; null where it leads nowhere. */
export type Step = { readonly kind: 'go'; readonly index: number } | { readonly kind: 'turn' } | null

/** What the keys of the treegrid pattern (WAI-ARIA APG) do on a line. */
export function stepFor(key: string, rows: readonly TreeRow[], index: number, page: number): Step {
  const row = rows[index]
  const go = (to: number): Step => ({ kind: 'go', index: Math.min(Math.max(to, 0), rows.length - 1) })
  switch (key) {
    case 'ArrowDown':
      return go(index + 1)
    case 'ArrowUp':
      return go(index - 1)
    case 'PageDown':
      return go(index + page)
    case 'PageUp':
      return go(index - page)
    case 'Home':
      return go(0)
    case 'End':
      return go(rows.length - 1)
    case 'ArrowRight':
      if (row?.isOpen === false) return { kind: 'turn' }
      return row?.isOpen === true ? go(index + 1) : null
    case 'ArrowLeft': {
      if (row?.isOpen === true) return { kind: 'turn' }
      const parent = rows.findIndex(({ customer }) => customer.id === row?.parentId)
      return parent === -1 ? null : go(parent)
    }
    default:
      return null
  }
}
