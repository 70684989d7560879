import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { directory } from '../../directory/client.ts'
import { useSearchPart } from '../../shell/search-part.ts'
import { SelectField } from '../../widgets/field.tsx'
import { Page } from '../../widgets/page.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { lastDays } from './activity-sums.ts'
import { ActivityReport } from './activity-report.tsx'
import css from './activity.module.css'

/** `token` is one, by id. */
type ActivitySearch = 'days' | 'token'

const RANGES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
] as const
const USUAL = '30'

/** What was asked of the directory, by whom, and what the rate limits refused. */
export function ActivityPage() {
  const [search, change] = useSearchPart<ActivitySearch>()
  const [nowMs] = useState(() => Date.now())
  const days = RANGES.find(({ value }) => value === search.days)?.value ?? USUAL
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['activity', days],
    queryFn: ({ signal }) => directory.activity(lastDays(Number(days), nowMs), { signal }),
    placeholderData: (before) => before,
  })
  return (
    <Page
      title="Activity"
      lead="Requests by token and day, in UTC, as they were counted a second ago."
      actions={
        <div className={css.ranges}>
          <SelectField
            label="Range"
            options={RANGES}
            value={days}
            onChange={(event) =>
              change({ days: event.target.value === USUAL ? undefined : event.target.value }, { replace: true })
            }
          />
        </div>
      }
    >
      {isPending && <Skeleton lines={8} label="Loading the activity" />}
      {error && !data && <Fault error={error} onRetry={() => void refetch()} />}
      {data && (
        <ActivityReport
          activity={data}
          tokenId={search.token ?? null}
          onToken={(id) => change({ token: id ?? undefined })}
        />
      )}
    </Page>
  )
}
