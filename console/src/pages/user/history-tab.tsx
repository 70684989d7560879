import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { User, UserVersion } from '@rollcall/sdk'
import { directory } from '../../directory/client.ts'
import { useUserNames } from '../../directory/user-names.ts'
import { Button } from '../../widgets/button.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { labelOf } from '../../directory/user-fields.ts'
import { shown } from '../../text/value-text.ts'
import { PartHeading } from './part-heading.tsx'
import css from './user.module.css'

const PART = 25

/** Who changed what and when, newest first, member by member. */
export function HistoryTab({ user }: { readonly user: User }) {
  const [count, setCount] = useState(PART)
  const { data, error, refetch } = useQuery({
    queryKey: ['user', user.id, 'history', user.revision],
    queryFn: ({ signal }) => directory.users.history(user.id, { signal }),
  })
  const versions = data?.versions ?? []
  const names = useUserNames(versions.slice(0, count).flatMap(({ by }) => by ?? []))
  if (error !== null) return <Fault error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  return (
    <>
      <ol className={css.history}>
        {versions.slice(0, count).map((version, at) => (
          <Version
            key={version.revision}
            version={version}
            before={versions[at + 1]?.user}
            author={version.by === null ? 'the operator' : (names.get(version.by) ?? version.by)}
          />
        ))}
      </ol>
      {versions.length > count && (
        <Button onClick={() => setCount(count + PART)}>Show older ones ({versions.length - count})</Button>
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
                    <del dir="auto">{shown(before[member])}</del>
                    <span aria-hidden> → </span>
                  </>
                )}
                <ins dir="auto">{shown(user[member])}</ins>
              </dd>
            </div>
          )
        })}
      </dl>
    </li>
  )
}
