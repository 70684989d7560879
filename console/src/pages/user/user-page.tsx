import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useSearchPart } from '../../shell/search-part.ts'
import { useShortcuts, type ShortcutHelp } from '../../shell/shortcuts.ts'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { userQuery } from './user-query.ts'
import { UserView } from './user-view.tsx'
import css from './user.module.css'

const KEYS: ShortcutHelp = { title: 'User', lines: [{ keys: ['Esc'], does: 'Back to the users' }] }

/** A user on a page of its own. */
export function UserPage() {
  const { id = '' } = useParams({ strict: false })
  const [{ tab = 'profile' }, change] = useSearchPart<'tab' | 'dialect'>()
  const navigate = useNavigate()
  const { data: user, error, refetch } = useQuery(userQuery(id))
  useShortcuts({ Escape: () => void navigate({ to: '/users' }) }, KEYS)
  const setTab = (next: string) => {
    change({ tab: next === 'profile' ? undefined : next, dialect: undefined }, { replace: true })
  }
  return (
    <div className={css.page}>
      <Link to="/users" className={css.back}>
        <ArrowLeft aria-hidden /> Users
      </Link>
      {user !== undefined ? (
        <UserView key={id} user={user} level={1} tab={tab} onTab={setTab} />
      ) : (
        <>
          <h1 className="visually-hidden">User</h1>
          {error === null ? (
            <Skeleton lines={10} label="Loading the user" />
          ) : (
            <Fault error={error} onRetry={() => void refetch()} />
          )}
        </>
      )}
    </div>
  )
}
