import { LogOut } from 'lucide-react'
import { useScopeName } from '../../customers/customers.ts'
import { useMe } from '../../directory/me.ts'
import { signOut } from '../../shell/sign-out.ts'
import { numberText } from '../../text/count.ts'
import { Badge } from '../../widgets/badge.tsx'
import { Button } from '../../widgets/button.tsx'
import { Initials } from '../../widgets/initials.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { Section } from '../../widgets/page.tsx'
import { Skeleton } from '../../widgets/states.tsx'
import { UserLink } from '../../widgets/user-link.tsx'
import css from './account.module.css'

/** Who is signed in, and what they may do here. */
export function YouSection() {
  const me = useMe()
  const scopeName = useScopeName()
  if (me === undefined) return <Skeleton lines={4} label="Loading who you are" />
  const { user, token, usage } = me
  return (
    <Section
      title="You"
      actions={
        <Button icon={<LogOut aria-hidden />} onClick={() => void signOut()}>
          Sign out
        </Button>
      }
    >
      <div className={css.person}>
        <Initials name={user.fullName} size="large" />
        <div>
          <UserLink id={user.id} className={css.name}>
            {user.fullName}
          </UserLink>
          <p dir="auto">{user.email === null ? user.identifier : `${user.identifier} · ${user.email}`}</p>
        </div>
      </div>
      <dl className={css.facts}>
        <div>
          <dt>May</dt>
          <dd className={css.permissions}>
            {token.permissions.map((permission) => (
              <Badge key={permission}>{permission}</Badge>
            ))}
          </dd>
        </div>
        <div>
          <dt>Sees</dt>
          <dd dir="auto">{scopeName(token.scope)}</dd>
        </div>
        <div>
          <dt>This session ends</dt>
          <dd>
            <Moment at={token.expiresAt} none="Never" />
          </dd>
        </div>
        <div>
          <dt>Requests</dt>
          <dd>
            {numberText(usage.today)} today, {numberText(usage.total)} in all
          </dd>
        </div>
      </dl>
    </Section>
  )
}
