import type { Activity } from '@rollcall/sdk'
import { useUserNames } from '../../directory/user-names.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { numberText } from '../../text/count.ts'
import { NumberCell, Table } from '../../widgets/table.tsx'
import { lineId, type Ranked } from './activity-sums.ts'
import css from './activity.module.css'

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const SHOWN_MAX = 100
const USES = { bearer: 'token', 'sign-in': 'password', session: 'session', setup: 'set-up' } as const

interface RankingTableProps {
  readonly ranked: readonly Ranked[]
  readonly chosenId: string | null
  readonly onToken: (id: string | null) => void
}

/** The busiest tokens; choosing one shows its days in the plot. */
export function RankingTable({ ranked, chosenId, onToken }: RankingTableProps) {
  const shown = ranked.slice(0, SHOWN_MAX)
  const names = useUserNames(shown.map(({ token }) => token.userId))
  if (shown.length === 0) return <p>No token was used.</p>
  const head = [
    { title: 'Token' },
    { title: 'User' },
    { title: 'Requests', isNumber: true },
    { title: 'Share' },
    { title: 'Refused', isNumber: true },
    { title: 'Actions', isHidden: true },
  ]
  return (
    <>
      <Table label="Tokens by requests" head={head}>
        {shown.map(({ token, requests, limited, share }) => (
          <tr key={lineId(token)}>
            <th scope="row">
              <bdi>{token.name}</bdi> {token.use !== 'bearer' && <Badge>{usedAs(token)}</Badge>}
            </th>
            <td dir="auto">{names.get(token.userId) ?? '–'}</td>
            <NumberCell>{numberText(requests)}</NumberCell>
            <td className={css.shareCell}>
              <span aria-hidden className={css.share}>
                <span style={{ inlineSize: `${share * 100}%` }} />
              </span>{' '}
              {percent.format(share)}
            </td>
            <NumberCell>{numberText(limited)}</NumberCell>
            <td>
              <Button
                look="quiet"
                aria-pressed={lineId(token) === chosenId}
                aria-label={`Show days of ${token.name}${token.id === null ? ` of ${names.get(token.userId) ?? token.userId}` : ''}`}
                onClick={() => onToken(lineId(token) === chosenId ? null : lineId(token))}
              >
                Show days
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      {ranked.length > SHOWN_MAX && <p>And {numberText(ranked.length - SHOWN_MAX)} that asked less.</p>}
    </>
  )
}

function usedAs({ use, sessions }: Ranked['token']): string {
  return sessions === null || sessions === 1 ? USES[use] : `${numberText(sessions)} sessions`
}

/** The rate limits there are. */
export function PolicyTable({ policies }: { readonly policies: Activity['policies'] }) {
  if (policies.length === 0) return <p>There are none: requests are not limited.</p>
  const head = [
    { title: 'Dialect' },
    { title: 'Policy' },
    { title: 'Requests', isNumber: true },
    { title: 'Within' },
    { title: 'Counted per' },
  ]
  return (
    <Table label="Rate limits" head={head}>
      {policies.map(({ dialect, name, requests, windowS, per }) => (
        <tr key={`${dialect} ${name}`}>
          <th scope="row">{dialect === 'all' ? (policies.length > 1 ? 'all others' : 'all') : dialect}</th>
          <td>{name}</td>
          <NumberCell>{numberText(requests)}</NumberCell>
          <td>{windowName(windowS)}</td>
          <td>{per}</td>
        </tr>
      ))}
    </Table>
  )
}

const WINDOWS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const

function windowName(seconds: number): string {
  const [length, unit] = WINDOWS.find(([length]) => seconds % length === 0) ?? [1, 'second']
  const count = seconds / length
  return count === 1 ? `a ${unit}`.replace('a hour', 'an hour') : `${numberText(count)} ${unit}s`
}
