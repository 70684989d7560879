import { useNavigate } from '@tanstack/react-router'
import { Upload, UserPlus } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useRef } from 'react'
import { useMay } from '../../directory/me.ts'
import { usePreferences } from '../../shell/preferences.ts'
import { useShortcuts, type ShortcutHelp } from '../../shell/shortcuts.ts'
import { Button } from '../../widgets/button.tsx'
import { Skeleton } from '../../widgets/states.tsx'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { ExportMenu } from '../export/export-menu.tsx'
import { CustomerPane } from './customers/customer-pane.tsx'
import { FilterBar } from './filter/filter-bar.tsx'
import { RefreshNotice } from './refresh-notice.tsx'
import { clearSelection } from './selection.ts'
import { Total } from './total.tsx'
import { Toolbar } from './toolbar.tsx'
import { useAddress, useView } from './address/use-address.ts'
import css from './users-page.module.css'
import { stopRanges } from './table/range-selection.ts'
import { UsersTable, type TableHandle } from './table/users-table.tsx'
import { useListState } from './use-list-state.ts'

const UserPanel = lazy(async () => ({ default: (await import('../user/user-panel.tsx')).UserPanel }))
const NewUserDialog = lazy(async () => ({ default: (await import('../user/new-user-dialog.tsx')).NewUserDialog }))

const KEYS: ShortcutHelp = {
  title: 'Users',
  lines: [
    { keys: ['/'], does: 'Search' },
    { keys: ['j', '↓'], does: 'Next user' },
    { keys: ['k', '↑'], does: 'User before' },
    { keys: ['Home'], does: 'First user' },
    { keys: ['End'], does: 'Last user' },
    { keys: ['Enter'], does: 'Open the user' },
    { keys: ['x', 'Space'], does: 'Select the user' },
    { keys: ['Shift+↓', 'Shift+↑'], does: 'Select users in a row' },
    { keys: ['Shift+x', 'Shift+Space'], does: 'Select all users from the one selected last' },
    { keys: ['n'], does: 'New user' },
    { keys: ['Esc'], does: 'Close the user, then clear the selection' },
  ],
}

/** All users: looked for, filtered, sorted, chosen, and opened beside the list. The whole view is in the address. */
export function UsersPage() {
  const [search, change] = useAddress()
  const view = useView(search)
  const navigate = useNavigate()
  const mayWrite = useMay('users:write')
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<TableHandle>(null)
  const isCreating = mayWrite && search.new === 'yes'
  const create = useCallback(() => change({ new: 'yes' }), [change])
  const { total, setTotal } = useListState()
  const openId = search.user ?? null
  const { columns: remembered } = usePreferences()
  const isWithoutColumns = search.columns === undefined
  // What is remembered here is not elsewhere: the address says it, so that a copy of it shows the same.
  useEffect(() => {
    if (isWithoutColumns && remembered !== null) change({ columns: remembered.join(',') }, { replace: true })
  }, [isWithoutColumns, remembered, change])

  const panel = useRef<HTMLElement>(null)
  // Whoever goes through the list by keys stays in the list; whoever opens a user goes on in it.
  const goesOnInPanel = useRef(false)
  const open = useCallback(
    (id: string, replace = false) => {
      goesOnInPanel.current = !replace
      change({ user: id }, { replace })
      if (!replace) panel.current?.focus({ preventScroll: true })
    },
    [change],
  )
  const enterPanel = useCallback((element: HTMLElement | null) => {
    panel.current = element
    if (goesOnInPanel.current) element?.focus({ preventScroll: true })
  }, [])
  const close = useCallback(() => {
    change({ user: undefined, tab: undefined, dialect: undefined })
    table.current?.focus()
  }, [change])
  useShortcuts(
    {
      '/': () => {
        searchBox.current?.focus()
        searchBox.current?.select()
      },
      j: () => table.current?.step(1, false),
      k: () => table.current?.step(-1, false),
      x: () => table.current?.toggle(false),
      // What the same keys say with Shift, and with Caps Lock alone.
      J: ({ shiftKey }) => table.current?.step(1, shiftKey),
      K: ({ shiftKey }) => table.current?.step(-1, shiftKey),
      X: ({ shiftKey }) => table.current?.toggle(shiftKey),
      n: () => (mayWrite ? create() : false),
      Escape: () => {
        if (openId !== null) close()
        else if (!stopRanges()) clearSelection()
      },
    },
    KEYS,
  )

  // What is exported and changed is the list that is seen, also while another is on its way or cannot be understood.
  const inView = total.query === null ? null : { query: total.query, total: total.count, columns: view.columns }
  return (
    <div className={`${css.page} ${openId === null ? '' : (css.withPanel ?? '')}`}>
      <div className={css.list}>
        <header className={css.head}>
          <h1>Users</h1>
          <Total {...total} />
          <RefreshNotice isOutdated={total.isOutdated} />
          <div className={css.actions}>
            <ExportMenu list={inView} />
            {mayWrite && (
              <>
                <Button
                  icon={<Upload aria-hidden />}
                  className={css.roomy ?? ''}
                  onClick={() => void navigate({ to: '/import' })}
                >
                  Import
                </Button>
                <Button look="main" icon={<UserPlus aria-hidden />} onClick={create}>
                  New user
                </Button>
              </>
            )}
          </div>
        </header>
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
            openId={openId}
            onOpen={open}
            onChange={change}
            onTotal={setTotal}
            onCreate={mayWrite ? create : null}
          />
        </div>
      </div>
      {openId !== null && <h1 className={`visually-hidden ${css.alone ?? ''}`}>Users</h1>}
      <Suspense fallback={openId === null ? null : <PanelWait />}>
        {openId !== null && (
          <UserPanel
            ref={enterPanel}
            id={openId}
            tab={search.tab ?? 'profile'}
            onTab={(tab) => change({ tab: tab === 'profile' ? undefined : tab, dialect: undefined }, { replace: true })}
            onClose={close}
          />
        )}
        {isCreating && (
          <NewUserDialog
            customerId={view.customerId}
            onClose={() => change({ new: undefined })}
            onCreated={(id) => {
              change({ new: undefined, user: id })
            }}
          />
        )}
      </Suspense>
    </div>
  )
}

function PanelWait() {
  return (
    <aside aria-label="User" className={css.wait}>
      <Skeleton lines={8} />
    </aside>
  )
}
