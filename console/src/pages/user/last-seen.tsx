import { useQuery } from '@tanstack/react-query'
import type { User } from '@rollcall/sdk'
import { useMay } from '../../directory/me.ts'
import { Moment } from '../../widgets/moment.tsx'
import { tokensQuery } from './tokens-query.ts'
import css from './user.module.css'

/** When the user was last there: signed in, or asking with a token. */
export function LastSeen({ user }: { readonly user: User }) {
  const mayIssue = useMay('tokens:write')
  const { data: tokens = [] } = useQuery({ ...tokensQuery(user.id), enabled: mayIssue })
  // Instants in UTC with milliseconds: the order of their texts is that of time.
  const seen = [user.lastLoginAt, ...tokens.map(({ lastUsedAt }) => lastUsedAt)].filter((at) => at !== null)
  const last = seen.sort().at(-1) ?? null
  return (
    <p className={css.seen}>
      Last seen <Moment at={last} none="never" />
    </p>
  )
}
