import { lazy, useMemo } from 'react'
import type { Activity } from '@rollcall/sdk'
import { numberText } from '../../text/count.ts'
import { Button } from '../../widgets/button.tsx'
import { Section } from '../../widgets/page.tsx'
import { Part } from '../../widgets/part.tsx'
import { Empty, Skeleton } from '../../widgets/states.tsx'
import { NumberCell, Table } from '../../widgets/table.tsx'
import { lineId, perDay, ranking, totals, type PerDay } from './activity-sums.ts'
import css from './activity.module.css'
import { PolicyTable, RankingTable } from './activity-tables.tsx'

const DayPlot = lazy(async () => ({ default: (await import('./day-plot.tsx')).DayPlot }))

interface ActivityReportProps {
  readonly activity: Activity
  readonly tokenId: string | null
  readonly onToken: (id: string | null) => void
}

const long = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
const dayName = (day: string): string => long.format(new Date(`${day}T00:00:00Z`))

/** Figures, a plot with the same as a table, the tokens by what they asked, and the limits there are. */
export function ActivityReport({ activity, tokenId, onToken }: ActivityReportProps) {
  const ranked = ranking(activity)
  const token = activity.tokens.find((one) => lineId(one) === tokenId) ?? null
  const shownId = token && lineId(token)
  const counts = useMemo(() => perDay(activity, shownId), [activity, shownId])
  const { requests, limited, busiest } = totals(activity.days, counts)
  const facts = [
    { title: 'Requests', value: numberText(requests) },
    { title: 'Refused by a rate limit', value: numberText(limited) },
    { title: 'Tokens in use', value: numberText(ranked.length) },
    { title: 'Busiest day', value: busiest === null ? '–' : dayName(busiest.day) },
  ]
  return (
    <>
      <dl className={css.facts}>
        {facts.map(({ title, value }) => (
          <div key={title} className={css.fact}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Section
        title={token === null ? 'Requests per day' : `Requests per day of ${token.name}`}
        actions={token !== null && <Button onClick={() => onToken(null)}>Show all tokens</Button>}
      >
        {requests + limited === 0 ? (
          <Empty title="Nothing was asked in these days">
            <p>Requests are counted for each token as they come.</p>
          </Empty>
        ) : (
          <>
            <Part of="plot" fallback={<Skeleton lines={6} label="Loading the plot" />}>
              <DayPlot
                days={activity.days}
                perDay={counts}
                label={`Bars of requests per day: ${numberText(requests)} in ${activity.days.length} days. The table below has the same.`}
              />
            </Part>
            <DayTable days={activity.days} counts={counts} />
          </>
        )}
      </Section>
      <Section title="Tokens by requests">
        <RankingTable ranked={ranked} chosenId={shownId} onToken={onToken} />
      </Section>
      <Section title="Rate limits" lead="What each dialect allows; beyond it, requests are refused with 429.">
        <PolicyTable policies={activity.policies} />
      </Section>
    </>
  )
}

function DayTable({ days, counts }: { readonly days: readonly string[]; readonly counts: PerDay }) {
  const head = [{ title: 'Day' }, { title: 'Requests', isNumber: true }, { title: 'Refused', isNumber: true }]
  return (
    <details className={css.details}>
      <summary>The same as a table</summary>
      <Table label="Requests per day" head={head}>
        {days
          .map((day, index) => (
            <tr key={day}>
              <th scope="row">{dayName(day)}</th>
              <NumberCell>{numberText(counts.requests[index] ?? 0)}</NumberCell>
              <NumberCell>{numberText(counts.limited[index] ?? 0)}</NumberCell>
            </tr>
          ))
          .toReversed()}
      </Table>
    </details>
  )
}
