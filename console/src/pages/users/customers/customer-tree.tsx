import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useDeferredValue, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Checkbox } from '../../../widgets/field.tsx'
import type { ViewInAddress } from '../address/address.ts'
import css from './customer-tree.module.css'
import { treeLines, type TreeLine } from './tree.ts'
import { useCustomers } from '../../../customers/customers.ts'
import type { ChangeView } from '../address/use-address.ts'

interface CustomerTreeProps {
  readonly view: ViewInAddress
  readonly onChange: ChangeView
}

const LINE_PX = 32
const number = new Intl.NumberFormat()

/** All customers as a tree, with how many users they have; the chosen one narrows the list. */
export function CustomerTree({ view: { customerId, withSubsidiaries }, onChange }: CustomerTreeProps) {
  const { customers } = useCustomers()
  const [filter, setFilter] = useState('')
  const shownFilter = useDeferredValue(filter)
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set())
  const [activeId, setActiveId] = useState<number | null>(null)
  const treeId = useId()
  const box = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => treeLines(customers, closed, shownFilter), [customers, closed, shownFilter])
  const at = Math.max(
    0,
    lines.findIndex(({ customer }) => customer.id === (activeId ?? customerId)),
  )
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    overscan: 8,
  })
  const choose = (id: number) => {
    setActiveId(id)
    onChange({ customer: id === customerId ? undefined : String(id), user: undefined })
  }
  const toggle = (id: number, isOpen: boolean) => {
    const next = new Set(closed)
    if (isOpen) next.delete(id)
    else next.add(id)
    setClosed(next)
  }
  const goTo = (index: number) => {
    const next = Math.min(lines.length - 1, Math.max(0, index))
    setActiveId(lines[next]?.customer.id ?? null)
    virtual.scrollToIndex(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[at]
    if (line === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const act = keyOf(event.key, line, lines, at)
    if (act === undefined) return
    event.preventDefault()
    if (act === 'choose') choose(line.customer.id)
    else if (act === 'open' || act === 'close') toggle(line.customer.id, act === 'open')
    else goTo(act)
  }
  return (
    <div className={css.tree}>
      <input
        type="search"
        aria-label="Find a customer"
        placeholder="Find a customer"
        dir="auto"
        value={filter}
        onChange={({ target }) => setFilter(target.value)}
        className={css.find}
      />
      <Checkbox
        label="Include subsidiaries"
        checked={withSubsidiaries}
        className={css.below ?? ''}
        onChange={({ target }) => onChange({ subsidiaries: target.checked ? undefined : 'no' })}
      />
      <div
        ref={box}
        role="tree"
        aria-label="Customers"
        tabIndex={0}
        aria-activedescendant={lines.length === 0 ? undefined : `${treeId}-${lines[at]?.customer.id ?? ''}`}
        className={css.box}
        onKeyDown={onKeyDown}
      >
        <div role="none" className={css.sizer} style={{ blockSize: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index]
            if (line === undefined) return null
            return (
              <Line
                key={line.customer.id}
                id={`${treeId}-${line.customer.id}`}
                line={line}
                startPx={start}
                isActive={index === at}
                isChosen={line.customer.id === customerId}
                withSubsidiaries={withSubsidiaries}
                onChoose={choose}
                onToggle={toggle}
              />
            )
          })}
        </div>
      </div>
      {lines.length === 0 && <p className={css.none}>No customer is called so.</p>}
    </div>
  )
}

type Act = 'choose' | 'open' | 'close' | number

// As in the tree pattern of the ARIA Authoring Practices.
function keyOf(key: string, line: TreeLine, lines: readonly TreeLine[], at: number): Act | undefined {
  switch (key) {
    case 'Enter':
    case ' ':
      return 'choose'
    case 'ArrowDown':
      return at + 1
    case 'ArrowUp':
      return at - 1
    case 'Home':
      return 0
    case 'End':
      return lines.length - 1
    case 'ArrowRight':
      return line.hasChildren ? (line.isOpen ? at + 1 : 'open') : undefined
    case 'ArrowLeft': {
      if (line.isOpen) return 'close'
      const parent = lines.findLastIndex((one, index) => index < at && one.level < line.level)
      return parent < 0 ? undefined : parent
    }
    default:
      return undefined
  }
}

interface LineProps {
  readonly id: string
  readonly line: TreeLine
  readonly startPx: number
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly withSubsidiaries: boolean
  readonly onChoose: (id: number) => void
  readonly onToggle: (id: number, isOpen: boolean) => void
}

// Keys are the tree's, which has the focus all the time.
function Line({ id, line, startPx, isActive, isChosen, withSubsidiaries, onChoose, onToggle }: LineProps) {
  const { customer, level, isOpen, hasChildren, position, siblings } = line
  const users = withSubsidiaries ? customer.usersWithSubsidiaries : customer.users
  return (
    <div
      role="treeitem"
      id={id}
      aria-level={level}
      aria-expanded={hasChildren ? isOpen : undefined}
      aria-selected={isChosen}
      aria-setsize={siblings}
      aria-posinset={position}
      data-active={isActive || undefined}
      className={css.line}
      style={{ transform: `translateY(${startPx}px)`, paddingInlineStart: `${(level - 1) * 0.875 + 0.25}rem` }}
      onClick={() => onChoose(customer.id)}
    >
      <span
        aria-hidden
        className={css.twig}
        onClick={(event) => {
          if (!hasChildren) return
          event.stopPropagation()
          onToggle(customer.id, !isOpen)
        }}
      >
        {hasChildren && (isOpen ? <ChevronDown /> : <ChevronRight />)}
      </span>
      <span className={css.name} title={customer.name}>
        <bdi>{customer.name}</bdi>
      </span>
      {users !== undefined && (
        <span className={css.count}>
          {number.format(users)}
          <span className="visually-hidden"> users</span>
        </span>
      )}
    </div>
  )
}
