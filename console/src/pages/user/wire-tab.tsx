import { useQuery } from '@tanstack/react-query'
import { DIALECTS, type User } from '@rollcall/sdk'
import { useSearchPart } from '../../shell/search-part.ts'
import { directory } from '../../directory/client.ts'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { Tabs } from '../../widgets/tabs.tsx'
import { JsonTab } from './json-tab.tsx'

/** The very object that each dialect's list has for the user. */
export function WireTab({ user }: { readonly user: User }) {
  const [{ dialect = DIALECTS[0] }, change] = useSearchPart<'dialect'>()
  const { data, error, refetch } = useQuery({
    queryKey: ['user', user.id, 'wire', user.revision],
    queryFn: ({ signal }) => directory.users.wire(user.id, { signal }),
    enabled: user.status !== 'deleted',
  })
  if (user.status === 'deleted')
    return (
      <p>A deleted user is in no dialect’s list, but for that of Alvys where dialects.alvys.deletedUsers says so.</p>
    )
  if (error !== null) return <Fault error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} label="Loading what each dialect shows" />
  const tabs = DIALECTS.map((name) => ({
    id: `wire-${name}`,
    title: name,
    content: () =>
      !Object.hasOwn(data, name) ? (
        <p>This dialect does not show the user.</p>
      ) : (
        <JsonTab value={data[name]} label={`The user as ${name} shows it`} />
      ),
  }))
  return (
    <Tabs
      label="Dialects"
      tabs={tabs}
      selected={`wire-${dialect}`}
      onSelect={(id) => {
        const chosen = id.replace('wire-', '')
        change({ dialect: chosen === DIALECTS[0] ? undefined : chosen }, { replace: true })
      }}
    />
  )
}
