import { lazy, useCallback, useRef } from 'react'
import { useMay } from '../../directory/me.ts'
import { Part } from '../../widgets/part.tsx'
import { Skeleton } from '../../widgets/states.tsx'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { useAddress, useListPlace, useToldColumns, useView } from './address/use-address.ts'
import { CustomerPane } from './customers/customer-pane.tsx'
import { FilterBar } from './filter/filter-bar.tsx'
import { ListHead } from './list-head.tsx'
import type { TableHandle } from './table/use-active-row.ts'
import { UsersTable } from './table/users-table.tsx'
import { Toolbar } from './toolbar.tsx'
import { useListKeys } from './use-list-keys.ts'
import { useListState } from './use-list-state.ts'
import { useOpenUser } from './use-open-user.ts'
import css from './users-page.module.css'

const UserPanel = lazy(async () => ({ default: (await import('../user/user-panel.tsx')).UserPanel }))
const NewUserDialog = lazy(async () => ({ default: (await import('../user/new-user-dialog.tsx')).NewUserDialog }))

/** All users: looked for, filtered, sorted, chosen, and opened beside the list. The whole view is in the address. */
export function UsersPage() {
  const [search, change] = useAddress()
  const view = useView(search)
  const place = useListPlace(search)
  useToldColumns(search, view.columns, change)
  const mayWrite = useMay('users:write')
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<TableHandle>(null)
  const isCreating = mayWrite && search.new === 'yes'
  const create = useCallback(() => change({ new: 'yes' }), [change])
  const onCreate = mayWrite ? create : null
  const [list, setList] = useListState()
  const openId = search.user ?? null
  const { open, close, enterPanel } = useOpenUser(change, table)
  useListKeys({ searchBox, table, onCreate, onClose: openId === null ? null : close })
  // What is exported and changed is the list that is seen, also while another is on its way or cannot be understood.
  const inView = list.query === null ? null : { query: list.query, total: list.count, columns: view.columns }
  return (
    <div className={`${css.page} ${openId === null ? '' : (css.withPanel ?? '')}`}>
      <div className={css.list}>
        <ListHead list={list} inView={inView} onCreate={onCreate} />
        <Toolbar
          view={view}
          search={search}
          onChange={change}
          searchBox={searchBox}
          onLeave={() => table.current?.focus()}
        />
        {view.fault !== null && (
          <p id="search-fault" role="alert" className={css.fault}>
            {view.fault}
          </p>
        )}
        <FilterBar view={view} onChange={change} />
        {inView !== null && <BulkBar {...inView} />}
        <div className={css.body}>
          <CustomerPane
            view={view}
            isShown={search.tree !== 'hidden'}
            isBesidePanel={openId !== null}
            onChange={change}
          />
          <UsersTable
            ref={table}
            view={view}
            place={place}
            openId={openId}
            onOpen={open}
            onChange={change}
            onList={setList}
            onCreate={onCreate}
          />
        </div>
      </div>
      {openId !== null && <h1 className={`visually-hidden ${css.alone ?? ''}`}>Users</h1>}
      <Part of={openId} fallback={openId === null ? null : <PanelWait />} onClose={close}>
        {openId !== null && (
          <UserPanel
            ref={enterPanel}
            id={openId}
            tab={search.tab ?? 'profile'}
            onTab={(tab) => change({ tab: tab === 'profile' ? undefined : tab, dialect: undefined }, { replace: true })}
            onClose={close}
          />
        )}
      </Part>
      <Part of={isCreating} onClose={() => change({ new: undefined })}>
        {isCreating && (
          <NewUserDialog
            customerId={view.customerId}
            onClose={() => change({ new: undefined })}
            onCreated={(id) => {
              change({ new: undefined, user: id })
            }}
          />
        )}
      </Part>
    </div>
  )
}

function PanelWait() {
  return (
    <aside aria-label="User" className={css.wait}>
      <Skeleton lines={8} label="Loading the user" />
    </aside>
  )
}
