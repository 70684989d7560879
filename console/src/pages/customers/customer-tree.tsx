import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { CustomerNode } from '@rollcall/sdk'
import { useNavigate } from '@tanstack/react-router'
import { useShortcuts, type ShortcutHelp } from '../../shell/shortcuts.ts'
import { CustomerRow } from './customer-row.tsx'
import css from './customers.module.css'
import { RowMenu, type Opened } from './row-menu.tsx'
import { stepFor, type TreeRow } from './tree-rows.ts'
import type { Edit } from './use-tree-address.ts'

interface CustomerTreeProps {
  readonly rows: readonly TreeRow[]
  readonly onTurn: (id: number) => void
  readonly onEdit: (edit: Edit, id: number) => void
  readonly mayWrite: boolean
}

const ROW_PX = 40
const OVERSCAN = 12
const COLUMNS = ['Name', 'Code', 'Number', 'Users', 'With subsidiaries', 'Actions']

const KEYS: ShortcutHelp = {
  title: 'Customers, within the tree',
  lines: [
    { keys: ['↑', '↓'], does: 'Go to the line above or below' },
    { keys: ['→', '←'], does: 'Open and fold, go into and out of a branch' },
    { keys: ['Enter'], does: 'Show the users of the customer' },
    { keys: ['F2'], does: 'Rename the customer' },
    { keys: ['Delete'], does: 'Remove the customer' },
  ],
}

/** The tree as a treegrid (WAI-ARIA APG) in which lines take the focus; only those in sight are in the page. */
export function CustomerTree({ rows, onTurn, onEdit, mayWrite }: CustomerTreeProps) {
  const scroll = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const [activeId, setActiveId] = useState<number | null>(null)
  const [isMoving, setIsMoving] = useState(false)
  const [opened, setOpened] = useState<Opened | null>(null)
  const activate = useCallback((id: number) => {
    setIsMoving(false)
    setActiveId(id)
  }, [])
  const openMenu = useCallback((customer: CustomerNode, button: HTMLElement) => setOpened({ customer, button }), [])
  const found = rows.findIndex(({ customer }) => customer.id === activeId)
  const active = Math.max(found, 0)
  useShortcuts({}, KEYS)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
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
    const row = rows[active]
    if (row === undefined || !(event.target as HTMLElement).matches('[role="row"]')) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { id } = row.customer
    const page = Math.max(Math.floor((scroll.current?.clientHeight ?? 0) / ROW_PX) - 1, 1)
    const step = stepFor(event.key, rows, active, page)
    if (step?.kind === 'go') {
      setIsMoving(true)
      setActiveId(rows[step.index]?.customer.id ?? null)
    } else if (step?.kind === 'turn') onTurn(id)
    else if (event.key === 'Enter') void navigate({ to: '/users', search: { customer: String(id) } as never })
    else if (event.key === 'F2' && mayWrite) onEdit('rename', id)
    else if (event.key === 'Delete' && mayWrite) onEdit('remove', id)
    else return
    event.preventDefault()
  }
  return (
    <div ref={scroll} className={css.scroll}>
      <div
        role="treegrid"
        aria-label="Customers"
        aria-rowcount={rows.length + 1}
        aria-colcount={COLUMNS.length}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className={css.grid}
      >
        <div role="row" aria-rowindex={1} className={`${css.line} ${css.head}`}>
          {COLUMNS.map((title, index) => (
            <span key={title} role="columnheader" className={index > 1 && index < 5 ? css.number : undefined}>
              {title === 'Actions' ? <span className="visually-hidden">{title}</span> : title}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={css.rows} style={{ blockSize: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            return row ? (
              <CustomerRow
                key={row.customer.id}
                row={row}
                index={index}
                start={start}
                isActive={index === active}
                isMenuOpen={row.customer.id === opened?.customer.id}
                onActive={activate}
                onTurn={onTurn}
                onMenu={openMenu}
              />
            ) : null
          })}
        </div>
      </div>
      <RowMenu opened={opened} onClose={() => setOpened(null)} onEdit={onEdit} mayWrite={mayWrite} />
    </div>
  )
}
