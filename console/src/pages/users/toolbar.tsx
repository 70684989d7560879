import { ArrowDownUp, Building2, Columns3, Link2 } from 'lucide-react'
import { lazy, useState, type RefObject } from 'react'
import { useMay } from '../../directory/me.ts'
import { Button, IconButton } from '../../widgets/button.tsx'
import { notify } from '../../widgets/notices.tsx'
import { Part } from '../../widgets/part.tsx'
import type { ViewInAddress } from './address/address.ts'
import type { Search } from './address/search.ts'
import { CustomersButton } from './customers/customer-pane.tsx'
import { SearchBox } from './search/search-box.tsx'
import css from './toolbar.module.css'
import type { ChangeView } from './address/use-address.ts'
import { ViewsMenu } from './views/views-menu.tsx'

const ColumnsDialog = lazy(async () => ({ default: (await import('./table/columns-dialog.tsx')).ColumnsDialog }))
const SortDialog = lazy(async () => ({ default: (await import('./table/sort-dialog.tsx')).SortDialog }))

interface ToolbarProps {
  readonly view: ViewInAddress
  readonly search: Search
  readonly onChange: ChangeView
  readonly searchBox: RefObject<HTMLInputElement | null>
  readonly onLeave: () => void
}

/** Search, and how the list is shown. */
export function Toolbar({ view, search, onChange, searchBox, onLeave }: ToolbarProps) {
  const [opened, setOpened] = useState<'columns' | 'sort' | null>(null)
  const mayReadCustomers = useMay('customers:read')
  const isTreeShown = search.tree !== 'hidden'
  return (
    <div role="search" className={css.bar}>
      {mayReadCustomers && (
        <IconButton
          label={isTreeShown ? 'Hide the customers' : 'Show the customers'}
          aria-expanded={isTreeShown}
          className={css.wide ?? ''}
          onClick={() => onChange({ tree: isTreeShown ? 'hidden' : undefined }, { replace: true })}
        >
          <Building2 aria-hidden />
        </IconButton>
      )}
      <SearchBox
        ref={searchBox}
        q={view.q}
        fault={view.fault}
        onSearch={(q, options) => onChange({ q: q.trim() === '' ? undefined : q, user: undefined }, options)}
        onLeave={onLeave}
      />
      <div className={css.tools}>
        {mayReadCustomers && <CustomersButton view={view} onChange={onChange} />}
        <ViewsMenu search={search} columns={view.columns} />
        <Button icon={<ArrowDownUp aria-hidden />} onClick={() => setOpened('sort')}>
          Sort{view.sort.length > 0 && ` (${view.sort.length})`}
        </Button>
        <Button icon={<Columns3 aria-hidden />} onClick={() => setOpened('columns')}>
          Columns
        </Button>
        <IconButton label="Copy a link to this view" look="plain" onClick={() => void copyLink()}>
          <Link2 aria-hidden />
        </IconButton>
      </div>
      <Part of={opened} onClose={() => setOpened(null)}>
        {opened === 'columns' && (
          <ColumnsDialog columns={view.columns} onChange={onChange} onClose={() => setOpened(null)} />
        )}
        {opened === 'sort' && <SortDialog sort={view.sort} onChange={onChange} onClose={() => setOpened(null)} />}
      </Part>
    </div>
  )
}

// The address says all of the view, also its columns.
async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href)
    notify('A link to this view was copied.')
  } catch {
    notify('The browser did not let the link be copied. It is in the address bar.', { tone: 'danger' })
  }
}
