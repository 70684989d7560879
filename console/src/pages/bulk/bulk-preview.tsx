import { useQuery } from '@tanstack/react-query'
import type { BatchResult } from '@rollcall/sdk'
import { useCustomers } from '../../customers/customers.ts'
import { StatusBadge } from '../../widgets/badge.tsx'
import { useSettled } from '../../use-settled.ts'
import { Table } from '../../widgets/table.tsx'
import { numberText } from '../../text/count.ts'
import css from './bulk.module.css'
import { wanted, type Change, type Subject } from './change.ts'
import { trialOf } from './subject-query.ts'

interface BulkPreviewProps {
  readonly change: Change | null
  readonly users: readonly Subject[]
  readonly total: number
}

const PAUSE_MS = 150

/** The first users a change meets, as they are and as they would be, with what the server would refuse. */
export function BulkPreview({ change, users, total }: BulkPreviewProps) {
  const settled = useSettled(change, PAUSE_MS)
  const { data } = useQuery(trialOf(settled, users))
  const trial = settled === change ? data : undefined
  if (total === 0) return <p>There is nobody left that this would meet.</p>
  const more = total - users.length
  return (
    <section className={css.preview}>
      <h2>{more > 0 ? `The first ${users.length} of ${numberText(total)}` : 'Who it meets'}</h2>
      <Table label="Who it meets" head={[{ title: 'Name' }, { title: 'Now' }, { title: 'Then' }]}>
        {users.map((user, index) => (
          <tr key={user.id}>
            <th scope="row" dir="auto">
              {user.fullName}
            </th>
            <td>
              <Value change={change} user={user} />
            </td>
            <td>{change !== null && <Then change={change} user={user} result={trial?.[index]} />}</td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

interface ValueProps {
  readonly change: Change | null
  readonly user: Subject
}

/** What a user has of what is to be changed. */
function Value({ change, user }: ValueProps) {
  const { names } = useCustomers()
  switch (change?.kind) {
    case 'customer':
      return names.get(user.customerId ?? 0) ?? user.customerId
    case 'role':
      return <span dir="auto">{user.role ?? '–'}</span>
    case 'tags':
      return <Tags tags={user.tags ?? {}} />
    default:
      return user.status && <StatusBadge status={user.status} />
  }
}

function Then({
  change,
  user,
  result,
}: {
  readonly change: Change
  readonly user: Subject
  readonly result: BatchResult | undefined
}) {
  if (result?.outcome === 'refused') return <span className={css.refused}>{result.problem.detail}</span>
  if (result?.outcome === 'unchanged') return <span className={css.quiet}>stays as it is</span>
  if (result !== undefined) return <Value change={change} user={result.user} />
  if (change.kind === 'delete') return <StatusBadge status="deleted" />
  return <Value change={change} user={{ ...user, ...wanted(change, user) } as Subject} />
}

function Tags({ tags }: { readonly tags: Readonly<Record<string, string>> }) {
  const entries = Object.entries(tags)
  if (entries.length === 0) return '–'
  return <span dir="auto">{entries.map(([name, value]) => `${name}=${value}`).join(', ')}</span>
}
