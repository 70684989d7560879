import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ban } from 'lucide-react'
import { useState } from 'react'
import type { Token, User } from '@rollcall/sdk'
import { useScopeName } from '../../../customers/customers.ts'
import { Badge } from '../../../widgets/badge.tsx'
import { Button } from '../../../widgets/button.tsx'
import { Moment } from '../../../widgets/moment.tsx'
import { Fault, Skeleton } from '../../../widgets/states.tsx'
import { RevokeDialog } from '../../tokens/revoke-dialog.tsx'
import { SignInRights } from './sign-in-rights.tsx'
import { tokensQuery } from '../tokens-query.ts'
import { PartHeading } from '../part-heading.tsx'
import parts from '../parts.module.css'
import css from './access.module.css'

/** How a user gets in: by password, and by tokens. */
export function AccessTab({ user }: { readonly user: User }) {
  return (
    <div className={parts.parts}>
      <SignInRights user={user} />
      <section aria-label="Tokens">
        <header className={parts.groupHead}>
          <PartHeading>Tokens</PartHeading>
          <Link to="/tokens" search={{ q: user.fullName } as never}>
            All tokens
          </Link>
        </header>
        <TokenList user={user} />
      </section>
    </div>
  )
}

function TokenList({ user }: { readonly user: User }) {
  const { data: tokens, error, refetch } = useQuery(tokensQuery(user.id))
  if (error !== null) return <Fault error={error} onRetry={() => void refetch()} />
  if (tokens === undefined) return <Skeleton lines={3} label="Loading the tokens" />
  if (tokens.length === 0) return <p className={parts.quiet}>No token acts for this user.</p>
  return (
    <ul className={css.tokens}>
      {tokens.map((token) => (
        <TokenLine key={token.id} token={token} />
      ))}
    </ul>
  )
}

function TokenLine({ token }: { readonly token: Token }) {
  const [isAsking, setIsAsking] = useState(false)
  const scopeName = useScopeName()
  return (
    <li>
      <div>
        <strong dir="auto">{token.name}</strong>
        <p className={parts.quiet}>
          {token.permissions.join(', ')} · sees: {scopeName(token.scope)} · last used{' '}
          <Moment at={token.lastUsedAt} none="never" />
          {token.expiresAt !== null && (
            <>
              {' '}
              · expires <Moment at={token.expiresAt} />
            </>
          )}
        </p>
      </div>
      {token.revokedAt === null ? (
        <Button icon={<Ban aria-hidden />} aria-label={`Revoke ${token.name}`} onClick={() => setIsAsking(true)}>
          Revoke
        </Button>
      ) : (
        <Badge tone="danger">revoked</Badge>
      )}
      {isAsking && <RevokeDialog token={token} onClose={() => setIsAsking(false)} />}
    </li>
  )
}
