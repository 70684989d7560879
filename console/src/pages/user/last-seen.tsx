import { useQuery } from '@tanstack/react-query'
import type { User } from '@rollcall/sdk'
import { directory } from '../../directory/client.ts'
import { useMay } from '../../directory/me.ts'
import { Moment } from '../../widgets/moment.tsx'
import css from './user.module.css'

/**
 * When the user was last there: signed in, or asking with a token. Who may read neither tokens nor activity is told what stands
 * in the user itself, and that it is no more than that.
 */
export function LastSeen({ user }: { readonly user: User }) {
  const mayIssue = useMay('tokens:write')
  const mayAudit = useMay('audit:read')
  const isTold = mayIssue || mayAudit
  const { data, error } = useQuery({
    queryKey: ['user', user.id, 'last-seen'],
    queryFn: ({ signal }) => directory.users.lastSeen(user.id, { signal }),
    enabled: isTold,
  })
  if (!isTold || error !== null) {
    return (
      <p className={css.seen}>
        Last sign-in on record: <Moment at={user.lastLoginAt} none="none" />
      </p>
    )
  }
  return (
    <p className={css.seen}>
      Last seen <Moment at={data?.lastSeenAt ?? null} none={data === undefined ? '…' : 'never'} />
    </p>
  )
}
