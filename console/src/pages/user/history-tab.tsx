import { useInfiniteQuery } from '@tanstack/react-query'
import type { User, UserVersion } from '@rollcall/sdk'
import { directory } from '../../directory/client.ts'
import { useUserNames } from '../../directory/user-names.ts'
import { Button } from '../../widgets/button.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { labelOf } from '../../directory/user-fields.ts'
import { valueText } from '../../text/value-text.ts'
import { PartHeading } from './part-heading.tsx'
import css from './history.module.css'

// One more than is shown: what a version changed is told by the one before it.
const LIMIT = 26

/** Who changed what and when, newest first, member by member. */
export function HistoryTab({ user }: { readonly user: User }) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['user', user.id, 'history', user.revision],
    queryFn: ({ signal, pageParam: cursor }) =>
      directory.users.history(user.id, { limit: LIMIT, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next,
  })
  const versions = data?.pages.flatMap((page) => page.versions) ?? []
  const shownVersions = hasNextPage ? versions.slice(0, -1) : versions
  const names = useUserNames(shownVersions.flatMap(({ by }) => by ?? []))
  if (error !== null && data === undefined) return <Fault error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} label="Loading the history" />
  return (
    <>
      <ol className={css.history}>
        {shownVersions.map((version, at) => (
          <Version
            key={version.revision}
            version={version}
            before={versions[at + 1]?.user}
            author={version.by === null ? 'the operator' : (names.get(version.by) ?? version.by)}
          />
        ))}
      </ol>
      {error !== null && <Fault error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && error === null && (
        <Button aria-busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </>
  )
}

interface VersionProps {
  readonly version: UserVersion
  readonly before: User | undefined
  readonly author: string
}

function Version({ version: { at, revision, changed, user }, before, author }: VersionProps) {
  return (
    <li>
      <PartHeading>
        {before === undefined ? 'Created' : 'Changed'} by <bdi>{author}</bdi>
      </PartHeading>
      <p className={css.when}>
        <Moment at={at} /> · revision {revision}
      </p>
      <dl className={css.changes}>
        {changed.map((name) => {
          const member = name as keyof User
          return (
            <div key={name}>
              <dt>{labelOf(name)}</dt>
              <dd>
                {before !== undefined && (
                  <>
                    <del dir="auto">{valueText(before[member])}</del>
                    <span aria-hidden> → </span>
                  </>
                )}
                <ins dir="auto">{valueText(user[member])}</ins>
              </dd>
            </div>
          )
        })}
      </dl>
    </li>
  )
}
