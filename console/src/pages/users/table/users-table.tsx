import {
  memo,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
} from 'react'
import { Fault, Skeleton } from '../../../widgets/states.tsx'
import type { ViewInAddress } from '../address/address.ts'
import { widthsOf } from './cell.tsx'
import { EmptyList } from './empty-list.tsx'
import { useSelection } from '../selection.ts'
import { TableHead } from './table-head.tsx'
import { useChoosing } from './use-choosing.ts'
import { useNames } from './use-names.ts'
import type { ListState } from '../use-list-state.ts'
import { useRowScroll } from './use-row-scroll.ts'
import { useRows } from './use-rows.ts'
import type { ChangeView } from '../address/use-address.ts'
import { UserRow } from './user-row.tsx'
import css from './users-table.module.css'

/** What the page may ask of its table. */
export interface TableHandle {
  readonly focus: () => void
  /** Goes on by so many rows; in a range, those in between are chosen too. */
  readonly step: (rows: number, isRange: boolean) => void
  /** Chooses the row, or with `isRange` all from the one that was chosen last. */
  readonly toggle: (isRange: boolean) => void
}

interface UsersTableProps {
  readonly ref: Ref<TableHandle>
  readonly view: ViewInAddress
  readonly openId: string | null
  readonly onOpen: (id: string, replace?: boolean) => void
  readonly onChange: ChangeView
  readonly onTotal: (state: ListState) => void
  readonly onCreate: (() => void) | null
}

const ROW_PX = 40
const HEAD_PX = 36

/** The list itself: rows that are seen, over pages that are read when they come into view. */
export const UsersTable = memo(function UsersTable(props: UsersTableProps) {
  const { ref, view, openId, onOpen, onChange, onTotal, onCreate } = props
  const box = useRef<HTMLDivElement>(null)
  const [count, setCount] = useState(0)
  const scroll = useRowScroll(box, count, ROW_PX, HEAD_PX)
  // What was understood of a faulty question is another question: the list before it stays.
  const [asked, setAsked] = useState(view.fault === null ? view.query : null)
  if (view.fault === null && view.query !== asked) setAsked(view.query)
  const rows = useRows(asked ?? view.query, asked !== null, scroll.first, scroll.last)
  if (rows.count !== count) setCount(rows.count)
  const selection = useSelection()
  const names = useNames(rows.rowAt, scroll.first, scroll.last, view.columns)
  const [active, setActive] = useState(0)
  const listText = JSON.stringify(rows.query)
  const [shownList, setShownList] = useState(listText)
  if (listText !== shownList) {
    setShownList(listText)
    setActive(0)
  }
  const { toStart, show } = scroll
  const isRead = asked !== null && !rows.isFirstLoading
  useEffect(toStart, [shownList, toStart])
  useEffect(() => {
    onTotal({
      query: isRead ? rows.query : null,
      count: rows.total,
      isExact: rows.isTotalExact,
      atLeast: rows.isUncounted ? rows.count : null,
      isBehind: rows.isBehind,
      isOutdated: rows.isOutdated,
    })
  }, [
    onTotal,
    isRead,
    rows.query,
    rows.total,
    rows.isTotalExact,
    rows.isUncounted,
    rows.count,
    rows.isBehind,
    rows.isOutdated,
  ])
  const choosing = useChoosing(rows, shownList)

  const goTo = (index: number, isRange = false) => {
    const next = Math.min(Math.max(0, count - 1), Math.max(0, index))
    setActive(next)
    show(next)
    if (isRange) choosing.extend(active, next)
    const id = rows.rowAt(next)?.id
    if (openId !== null && id !== undefined && !isRange) onOpen(id, true)
  }
  const openActive = () => {
    const id = rows.rowAt(active)?.id
    if (id !== undefined) onOpen(id)
  }
  const choose = (isRange: boolean) => {
    if (isRange) choosing.extendTo(active)
    else choosing.toggle(active)
  }
  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus({ preventScroll: true }),
    step: (by, isRange) => {
      const isFirst = document.activeElement !== box.current && active === 0 && by > 0 && openId === null
      box.current?.focus({ preventScroll: true })
      goTo(isFirst ? 0 : active + by, isRange && !isFirst)
    },
    toggle: choose,
  }))

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current || event.ctrlKey || event.metaKey || event.altKey) return
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + scroll.rowsPerView,
      PageUp: active - scroll.rowsPerView,
      Home: 0,
      End: count - 1,
    }
    const next = steps[event.key]
    if (next !== undefined) goTo(next, event.shiftKey)
    else if (event.key === 'Enter') openActive()
    else if (event.key === ' ') choose(event.shiftKey)
    else return
    event.preventDefault()
  }
  // One listener for all rows, so that rows need none of their own and are drawn anew only when they change.
  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-row]')
    if (row === null) return
    const index = Number(row.dataset['row'])
    const from = active
    setActive(index)
    if (target.closest('[data-choose]') !== null) {
      if (event.shiftKey) choosing.extend(from, index)
      else choosing.toggle(index)
      return
    }
    const id = rows.rowAt(index)?.id
    if (id === undefined || event.ctrlKey || event.metaKey || event.button !== 0) return
    event.preventDefault()
    if (event.shiftKey) choosing.extend(from, index)
    else onOpen(id)
  }

  if (rows.error !== null && rows.count === 0)
    return (
      <div className={css.state}>
        <Fault error={rows.error} onRetry={rows.retry} />
      </div>
    )
  const isEmpty = !rows.isFirstLoading && rows.count === 0 && view.fault === null
  const drawn = Array.from({ length: Math.max(0, scroll.last - scroll.first + 1) }, (_, at) => scroll.first + at)
  const isActiveDrawn = active >= scroll.first && active <= scroll.last
  return (
    <div className={css.frame}>
      {rows.error !== null && (
        <div className={css.fault}>
          <Fault error={rows.error} onRetry={rows.retry} />
        </div>
      )}
      <div
        ref={box}
        role="grid"
        aria-label="Users"
        aria-rowcount={rows.total === null ? -1 : rows.total + 1}
        aria-colcount={view.columns.length + 1}
        aria-multiselectable
        aria-busy={rows.isBehind || rows.isFirstLoading}
        aria-activedescendant={isActiveDrawn && count > 0 ? `row-${active}` : undefined}
        tabIndex={0}
        className={`${css.box} ${rows.isBehind ? (css.behind ?? '') : ''}`}
        style={widthsOf(view.columns) as CSSProperties}
        onScroll={scroll.onScroll}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <TableHead view={view} onChange={onChange} rows={rows} />
        {rows.isFirstLoading && view.fault === null && (
          <div role="row" className={css.waiting}>
            <div role="gridcell">
              <Skeleton lines={14} />
            </div>
          </div>
        )}
        <div role="rowgroup" className={css.sizer} style={{ blockSize: scroll.heightPx }}>
          <div role="presentation" className={css.window} style={{ transform: `translateY(${scroll.startPx}px)` }}>
            {drawn.map((index) => {
              const user = rows.rowAt(index)
              return (
                <UserRow
                  key={index}
                  index={index}
                  user={user}
                  columns={view.columns}
                  names={names}
                  isActive={index === active}
                  isOpen={user !== undefined && user.id === openId}
                  isSelected={selection.kind === 'all' || (user !== undefined && selection.ids.has(user.id))}
                />
              )
            })}
          </div>
        </div>
      </div>
      {isEmpty && <EmptyList view={view} onChange={onChange} onCreate={onCreate} />}
    </div>
  )
})
