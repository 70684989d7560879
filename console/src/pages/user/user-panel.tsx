import { useQuery } from '@tanstack/react-query'
import { Maximize2, X } from 'lucide-react'
import { Link, useSearch } from '@tanstack/react-router'
import type { Ref } from 'react'
import { IconButton } from '../../widgets/button.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { userQuery } from './user-query.ts'
import { UserView } from './user-view.tsx'
import css from './user.module.css'

interface UserPanelProps {
  readonly ref: Ref<HTMLElement>
  readonly id: string
  readonly tab: string
  readonly onTab: (tab: string) => void
  readonly onClose: () => void
}

/** A user beside the list; alone where there is no room for both. */
export function UserPanel({ ref, id, tab, onTab, onClose }: UserPanelProps) {
  const { data: user, error, refetch } = useQuery(userQuery(id))
  const { dialect }: { readonly dialect?: string } = useSearch({ strict: false })
  return (
    <aside ref={ref} tabIndex={-1} aria-label={user?.fullName ?? 'User'} className={css.panel}>
      <div className={css.corner}>
        <Link
          to="/users/$id"
          params={{ id }}
          search={(tab === 'profile' ? {} : { tab, dialect }) as never}
          aria-label="Open as a page"
          title="Open as a page"
          className={css.cornerLink}
        >
          <Maximize2 aria-hidden />
        </Link>
        <IconButton label="Close" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      {user !== undefined ? (
        <UserView key={id} user={user} level={2} tab={tab} onTab={onTab} />
      ) : error !== null ? (
        <Fault error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton lines={10} label="Loading the user" />
      )}
    </aside>
  )
}
