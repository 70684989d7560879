import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { CustomerNode } from '@rollcall/sdk'
import css from './customer-tree.module.css'
import type { TreeLine } from './tree-lines.ts'
import { keyTowards, stepFor } from './tree-step.ts'

interface CustomerTreeProps {
  readonly lines: readonly TreeLine[]
  readonly linePx: number
  /** A tree of lines to choose one of, or a grid of lines with several cells. */
  readonly pattern: 'tree' | { readonly columns: number; readonly head: ReactNode }
  /** The line that is chosen, and where the keyboard begins. */
  readonly chosenId?: number | null
  /** Opens a line that is folded, and folds one that is open. */
  readonly onTurn: (id: number) => void
  /** Told of keys that move nowhere in the tree; says whether it took them. */
  readonly onKey: (key: string, customer: CustomerNode) => boolean
  readonly onPress?: (id: number) => void
  readonly className?: string | undefined
  readonly lineClassName?: string | undefined
  /** What stands in a line; what takes the focus in it has the tab index of the line. */
  readonly children: (line: TreeLine, tabIndex: 0 | -1) => ReactNode
}

const OVERSCAN = 12

/** The tree of customers: lines take the focus as in the patterns of the WAI-ARIA APG, and only those in sight are in the page. */
export function CustomerTree(props: CustomerTreeProps) {
  const { lines, linePx, pattern, chosenId = null, onTurn, onKey, onPress, className, lineClassName, children } = props
  const scroll = useRef<HTMLDivElement>(null)
  const [activeId, setActiveId] = useState<number | null>(null)
  const [isMoving, setIsMoving] = useState(false)
  const found = lines.findIndex(({ customer }) => customer.id === (activeId ?? chosenId))
  const active = Math.max(found, 0)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => linePx,
    overscan: OVERSCAN,
    // The line with the focus stays in the page, or the focus would be lost by scrolling.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const indices = new Set([active])
      for (let at = Math.max(startIndex - overscan, 0); at <= Math.min(endIndex + overscan, count - 1); at += 1) {
        indices.add(at)
      }
      return [...indices].sort((a, b) => a - b)
    },
  })
  useEffect(() => {
    if (!isMoving) return
    virtualizer.scrollToIndex(active, { align: 'auto' })
    scroll.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true })
  }, [active, isMoving, virtualizer])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const line = lines[active]
    const isOfLine = event.target === event.currentTarget || (event.target as HTMLElement).hasAttribute('data-index')
    if (line === undefined || !isOfLine || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(Math.floor((scroll.current?.clientHeight ?? 0) / linePx) - 1, 1)
    const step = stepFor(keyTowards(event.key, getComputedStyle(event.currentTarget).direction), lines, active, page)
    if (step?.kind === 'go') {
      setIsMoving(true)
      setActiveId(lines[step.index]?.customer.id ?? null)
    } else if (step?.kind === 'turn') onTurn(line.customer.id)
    else if (!onKey(event.key, line.customer)) return
    event.preventDefault()
  }
  const isGrid = pattern !== 'tree'
  return (
    <div ref={scroll} className={`${css.scroll} ${className ?? ''}`}>
      <div
        {...(isGrid
          ? { role: 'treegrid', 'aria-rowcount': lines.length + 1, 'aria-colcount': pattern.columns }
          : { role: 'tree' })}
        aria-label="Customers"
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className={css.tree}
      >
        {isGrid && pattern.head}
        <div
          role={isGrid ? 'rowgroup' : 'none'}
          className={css.lines}
          style={{ blockSize: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const line = lines[index]
            if (line === undefined) return null
            const { customer, level, isOpen, siblings, position } = line
            const tabIndex = index === active ? 0 : -1
            return (
              <div
                key={customer.id}
                {...(isGrid
                  ? { role: 'row', 'aria-rowindex': index + 2 }
                  : { role: 'treeitem', 'aria-selected': customer.id === chosenId })}
                data-index={index}
                aria-level={level}
                aria-setsize={siblings}
                aria-posinset={position}
                aria-expanded={isOpen ?? undefined}
                tabIndex={tabIndex}
                onFocus={() => {
                  setIsMoving(false)
                  setActiveId(customer.id)
                }}
                onClick={onPress && (() => onPress(customer.id))}
                className={`${css.line} ${lineClassName ?? ''}`}
                style={{ insetBlockStart: start, blockSize: linePx }}
              >
                {children(line, tabIndex)}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
