import type { CustomerNode } from '@rollcall/sdk'
import { finderOf } from '../text/folded-text.ts'

/** A line of the tree as it stands now. */
export interface TreeLine {
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
export function treeLines(
  forest: readonly CustomerNode[],
  search: string,
  isFolded: (id: number) => boolean,
): readonly TreeLine[] {
  const isSearch = search.trim() !== ''
  const lines: TreeLine[] = []
  const add = (shown: readonly Shown[], level: number, parentId: number | null) => {
    for (const [index, { node, children }] of shown.entries()) {
      const isOpen = children.length === 0 ? null : isSearch || !isFolded(node.id)
      lines.push({ customer: node, level, isOpen, siblings: shown.length, position: index + 1, parentId })
      if (isOpen === true) add(children, level + 1, node.id)
    }
  }
  const isFound = isSearch ? finderOf(search) : () => true
  add(meant(forest, isFound), 1, null)
  return lines
}

function meant(nodes: readonly CustomerNode[], isFound: (text: string) => boolean): readonly Shown[] {
  return nodes.flatMap((node) => {
    const children = meant(node.children, isFound)
    return children.length > 0 || isFound(`${node.name} ${node.code} ${node.id}`) ? [{ node, children }] : []
  })
}
