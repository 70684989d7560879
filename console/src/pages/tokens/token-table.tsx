import { Ban } from 'lucide-react'
import { useState } from 'react'
import type { Token } from '@rollcall/sdk'
import { useScopeName } from '../../customers/customers.ts'
import { useMe } from '../../directory/me.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { ActionsCell, Table } from '../../widgets/table.tsx'
import { UserLink } from '../../widgets/user-link.tsx'
import { tokenState, type TokenState } from './token-state.ts'
import css from './tokens.module.css'

interface TokenTableProps {
  readonly tokens: readonly Token[]
  /** Users' names by id. */
  readonly names: ReadonlyMap<string, string>
  readonly nowMs: number
  readonly onRevoke: (id: string) => void
}

const PART = 100
const TONES = { active: 'good', expired: 'quiet', revoked: 'danger' } as const satisfies Record<TokenState, string>
const HEAD = [
  { title: 'Name' },
  { title: 'State' },
  { title: 'User' },
  { title: 'Permissions' },
  { title: 'Sees' },
  { title: 'Expires' },
  { title: 'Last used' },
  { title: 'Actions', isHidden: true },
]

/** One line per token; a hundred at a time, so that thousands do not hold up the page. */
export function TokenTable({ tokens, names, nowMs, onRevoke }: TokenTableProps) {
  const scopeName = useScopeName()
  const [count, setCount] = useState(PART)
  const ownId = useMe()?.token.id
  return (
    <div>
      <Table label="Tokens" head={HEAD}>
        {tokens.slice(0, count).map((token) => {
          const state = tokenState(token, nowMs)
          return (
            <tr key={token.id}>
              <th scope="row" dir="auto">
                {token.name}
              </th>
              <td>
                <Badge tone={TONES[state]}>{state}</Badge>
              </td>
              <td>
                <UserLink id={token.userId}>{names.get(token.userId) ?? token.userId}</UserLink>
              </td>
              <td>
                <span className={css.permissions}>
                  {token.permissions.map((permission) => (
                    <Badge key={permission}>{permission}</Badge>
                  ))}
                </span>
              </td>
              <td dir="auto">{scopeName(token.scope)}</td>
              <td>
                <Moment at={token.expiresAt} none="Never" />
              </td>
              <td>
                <Moment at={token.lastUsedAt} none="Never" />
              </td>
              <ActionsCell>
                {state === 'active' && token.id !== ownId && (
                  <Button
                    look="quiet"
                    icon={<Ban aria-hidden />}
                    aria-label={`Revoke ${token.name}`}
                    onClick={() => onRevoke(token.id)}
                  >
                    Revoke
                  </Button>
                )}
                {token.id === ownId && <Badge tone="accent">in use here</Badge>}
              </ActionsCell>
            </tr>
          )
        })}
      </Table>
      {tokens.length > count && (
        <p className={css.more}>
          <Button onClick={() => setCount(count + PART)}>
            Show more ({count} of {tokens.length})
          </Button>
        </p>
      )}
    </div>
  )
}
