import { queryOptions, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Bookmark } from 'lucide-react'
import { lazy, useState } from 'react'
import type { SavedView } from '@rollcall/sdk'
import { directory } from '../../../directory/client.ts'
import { Button } from '../../../widgets/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../../widgets/menu.tsx'
import { Part } from '../../../widgets/part.tsx'
import type { Search } from '../address/search.ts'
import { viewQueryOf } from './view-query.ts'

const SaveViewDialog = lazy(async () => ({ default: (await import('./views-dialog.tsx')).SaveViewDialog }))
const ManageViewsDialog = lazy(async () => ({ default: (await import('./views-dialog.tsx')).ManageViewsDialog }))

const viewsQuery = queryOptions({
  queryKey: ['views'] as const,
  queryFn: async ({ signal }) => (await directory.views.list({ signal })).views,
})

const NONE: readonly SavedView[] = []

interface ViewsMenuProps {
  readonly search: Search
  readonly columns: readonly string[]
}

/** Views with a name: one's own, and those others share. */
export function ViewsMenu({ search, columns }: ViewsMenuProps) {
  const { data: views = NONE } = useQuery(viewsQuery)
  const [opened, setOpened] = useState<'save' | 'manage' | null>(null)
  const navigate = useNavigate()
  const show = (view: string) =>
    void navigate({ to: '/users', search: Object.fromEntries(new URLSearchParams(view)) as never })
  const query = viewQueryOf(search, columns)
  const current = views.find((view) => view.query === query)
  const own = views.filter(({ isOwn }) => isOwn)
  const shared = views.filter(({ isOwn }) => !isOwn)
  return (
    <>
      <Menu
        label="Saved views"
        trigger={
          <Button icon={<Bookmark aria-hidden />}>
            <bdi>{current?.name ?? 'Views'}</bdi>
          </Button>
        }
      >
        {own.map((view) => (
          <MenuItem key={view.id} onSelect={() => show(view.query)}>
            <bdi>{view.name}</bdi>
            {view.isShared && ' (shared)'}
          </MenuItem>
        ))}
        {own.length > 0 && shared.length > 0 && <MenuSeparator />}
        {shared.map((view) => (
          <MenuItem key={view.id} onSelect={() => show(view.query)}>
            <bdi>{view.name}</bdi> (shared with you)
          </MenuItem>
        ))}
        {views.length > 0 && <MenuSeparator />}
        <MenuItem onSelect={() => show('')}>All users</MenuItem>
        <MenuItem onSelect={() => setOpened('save')}>Save this view…</MenuItem>
        <MenuItem onSelect={() => setOpened('manage')} isDisabled={views.length === 0}>
          Rename, share, delete…
        </MenuItem>
      </Menu>
      <Part of={opened} onClose={() => setOpened(null)}>
        {opened === 'save' && <SaveViewDialog query={query} onClose={() => setOpened(null)} />}
        {opened === 'manage' && <ManageViewsDialog views={views} query={query} onClose={() => setOpened(null)} />}
      </Part>
    </>
  )
}
