import type { TreeLine } from './tree-lines.ts'

/** Where a key leads in the tree: another line, or folding or opening this one; null where it leads nowhere. */
export type Step = { readonly kind: 'go'; readonly index: number } | { readonly kind: 'turn' } | null

const MIRRORED: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

/** The key as a page that runs from left to right has it: branches open towards the end of a line. */
export function keyTowards(key: string, direction: string): string {
  return direction === 'rtl' ? (MIRRORED[key] ?? key) : key
}

/** What the keys of trees and treegrids (WAI-ARIA APG) do on a line, from left to right; `page` is how many lines are seen at once. */
export function stepFor(key: string, lines: readonly TreeLine[], index: number, page: number): Step {
  const line = lines[index]
  const go = (to: number): Step => ({ kind: 'go', index: Math.min(Math.max(to, 0), lines.length - 1) })
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
      return go(lines.length - 1)
    case 'ArrowRight':
      if (line?.isOpen === false) return { kind: 'turn' }
      return line?.isOpen === true ? go(index + 1) : null
    case 'ArrowLeft': {
      if (line?.isOpen === true) return { kind: 'turn' }
      const parent = lines.findIndex(({ customer }) => customer.id === line?.parentId)
      return parent === -1 ? null : go(parent)
    }
    default:
      return null
  }
}
