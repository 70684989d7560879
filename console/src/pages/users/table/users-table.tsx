import { memo, useImperativeHandle, useRef, type CSSProperties, type Ref } from 'react'
import { Fault, Skeleton } from '../../../widgets/states.tsx'
import type { ViewInAddress } from '../address/address.ts'
import type { ListPlace } from '../address/list-place.ts'
import type { ChangeView } from '../address/use-address.ts'
import { useSelection } from '../selection.ts'
import { useToldState, type ListState } from '../use-list-state.ts'
import { EmptyList } from './empty-list.tsx'
import { TableHead } from './table-head.tsx'
import { useActiveRow, type TableHandle } from './use-active-row.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { NamesContext, useNames } from './use-names.ts'
import { useTableRows } from './use-table-rows.ts'
import { useUsersTable, widthsOf } from './use-users-table.ts'
import { UserRow } from './user-row.tsx'
import css from './users-table.module.css'

interface UsersTableProps {
  readonly ref: Ref<TableHandle>
  readonly view: ViewInAddress
  readonly place: ListPlace
  readonly openId: string | null
  readonly onOpen: (id: string, replace?: boolean) => void
  readonly onChange: ChangeView
  readonly onList: (state: ListState) => void
  readonly onCreate: (() => void) | null
}

/** The list itself: rows that are seen, over pages that are read when they come into view. */
export const UsersTable = memo(function UsersTable(props: UsersTableProps) {
  const { ref, view, place, openId, onOpen, onChange, onList, onCreate } = props
  const box = useRef<HTMLDivElement>(null)
  const { rows, scroll, list, isRead, isAsked } = useTableRows(box, view, place.row)
  const table = useUsersTable(rows.loaded, view, onChange)
  const { active, setActive, handle, onKeyDown, onClick } = useActiveRow({ box, rows, scroll, list, openId, onOpen })
  useKeptPlace({ place, list, isShown: isRead && isAsked, scroll, active, setActive, onChange })
  const selection = useSelection()
  const names = useNames(rows.rowAt, scroll.first, scroll.last, view.columns)
  useToldState(onList, rows, isRead)
  useImperativeHandle(ref, () => handle)

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
        aria-activedescendant={isActiveDrawn && rows.count > 0 ? `row-${active}` : undefined}
        tabIndex={0}
        className={`${css.box} ${rows.isBehind ? (css.behind ?? '') : ''}`}
        style={widthsOf(table.getVisibleLeafColumns()) as CSSProperties}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <TableHead table={table} rows={rows} />
        {rows.isFirstLoading && view.fault === null && (
          <div role="row" className={css.waiting}>
            <div role="gridcell">
              <Skeleton lines={14} />
            </div>
          </div>
        )}
        <div role="rowgroup" className={css.sizer} style={{ blockSize: scroll.heightPx }}>
          <div role="presentation" className={css.window} style={{ transform: `translateY(${scroll.startPx}px)` }}>
            <NamesContext value={names}>
              {drawn.map((index) => {
                const user = rows.rowAt(index)
                return (
                  <UserRow
                    key={index}
                    table={table}
                    index={index}
                    user={user}
                    columns={view.columns}
                    isActive={index === active}
                    isOpen={user !== undefined && user.id === openId}
                    isSelected={selection.kind === 'all' || (user !== undefined && selection.ids.has(user.id))}
                  />
                )
              })}
            </NamesContext>
          </div>
        </div>
      </div>
      {isEmpty && <EmptyList view={view} onChange={onChange} onCreate={onCreate} />}
    </div>
  )
})
