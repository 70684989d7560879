import { useMutation, useQuery } from '@tanstack/react-query'
import { answers, directory } from '../../directory/client.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { notify } from '../../widgets/notices.tsx'
import { Section } from '../../widgets/page.tsx'
import { Fault, Skeleton } from '../../widgets/states.tsx'
import { ActionsCell, Table } from '../../widgets/table.tsx'
import { deviceName } from './device-name.ts'

const HEAD = [
  { title: 'Browser' },
  { title: 'Signed in' },
  { title: 'Last used' },
  { title: 'Ends' },
  { title: 'Actions', isHidden: true },
]

/** The browsers in which one is signed in. */
export function SessionsSection() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await directory.session.list({ signal })).sessions,
  })
  const end = useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) await directory.session.revoke(id)
      return ids.length
    },
    onSuccess: (count) => notify(count === 1 ? 'The session is ended.' : `${count} sessions are ended.`),
    onError: (problem) => notify(`Not ended: ${problem.message}`, { tone: 'danger' }),
    onSettled: () => answers.invalidateQueries({ queryKey: ['sessions'] }),
  })
  const others = (data ?? []).filter(({ isCurrent }) => !isCurrent)
  return (
    <Section
      title="Sessions"
      lead="Browsers in which you are signed in. End those you do not know, and change your password then."
      actions={
        others.length > 1 && (
          <Button aria-busy={end.isPending} onClick={() => end.mutate(others.map(({ id }) => id))}>
            End all others
          </Button>
        )
      }
    >
      {isPending && <Skeleton lines={3} label="Loading your sessions" />}
      {error && !data && <Fault error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p>There are none: this page was opened with a token.</p>}
      {data && data.length > 0 && (
        <Table label="Sessions" head={HEAD}>
          {data.map(({ id, userAgent, createdAt, lastUsedAt, expiresAt, isCurrent }) => (
            <tr key={id}>
              <th scope="row" title={userAgent ?? undefined}>
                {deviceName(userAgent)}
              </th>
              <td>
                <Moment at={createdAt} />
              </td>
              <td>
                <Moment at={lastUsedAt} />
              </td>
              <td>
                <Moment at={expiresAt} />
              </td>
              <ActionsCell>
                {isCurrent ? (
                  <Badge tone="accent">this one</Badge>
                ) : (
                  <Button
                    look="quiet"
                    aria-label={`End the session in ${deviceName(userAgent)}`}
                    onClick={() => end.mutate([id])}
                  >
                    End
                  </Button>
                )}
              </ActionsCell>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  )
}
