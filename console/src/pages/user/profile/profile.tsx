import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { User } from '@rollcall/sdk'
import { useUserNames } from '../../../directory/user-names.ts'
import { StatusBadge } from '../../../widgets/badge.tsx'
import { Moment } from '../../../widgets/moment.tsx'
import { useCustomers } from '../../../customers/customers.ts'
import { PROFILE, type ProfileField } from './profile-fields.ts'
import { valueText } from '../../../text/value-text.ts'
import { PartHeading } from '../part-heading.tsx'
import css from '../parts.module.css'

interface ProfileProps {
  readonly user: User
  readonly action: ReactNode
}

/** Everything /v1 says of a user, in groups. */
export function Profile({ user, action }: ProfileProps) {
  return (
    <div className={css.parts}>
      {PROFILE.map(({ title, fields }, at) => (
        <section key={title} aria-label={title}>
          <header className={css.groupHead}>
            <PartHeading>{title}</PartHeading>
            {at === 0 && action}
          </header>
          <dl className={css.fields}>
            {fields.map((field) => (
              <Line key={field.name} label={field.label.replace(' (UTC)', '')}>
                <Value user={user} field={field} />
              </Line>
            ))}
          </dl>
        </section>
      ))}
      <Kept user={user} />
    </div>
  )
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  )
}

function Value({ user, field: { name, shape } }: { readonly user: User; readonly field: ProfileField }) {
  const value = user[name]
  if (name === 'status') return <StatusBadge status={user.status} />
  if (shape === 'moment') return <Moment at={value as string | null} />
  if (shape === 'customer') return <CustomerName id={user.customerId} />
  if (name === 'primaryIdentity' && user.primaryIdentity !== null) return <UserLink id={user.primaryIdentity} />
  if (shape === 'entries') {
    const entries = Object.entries(user.tags)
    if (entries.length === 0) return '–'
    return (
      <ul className={css.tags}>
        {entries.map(([tag, entry]) => (
          <li key={tag} className={css.tag}>
            {tag}: {entry}
          </li>
        ))}
      </ul>
    )
  }
  if (shape === 'json' && Object.keys(user.attributes).length > 0) {
    return <code className={css.attributes}>{JSON.stringify(value, null, 2)}</code>
  }
  return valueText(value)
}

function CustomerName({ id }: { readonly id: number }) {
  const { names } = useCustomers()
  const name = names.get(id)
  return name === undefined ? id : `${name} (${id})`
}

function UserLink({ id }: { readonly id: string }) {
  const names = useUserNames([id])
  return (
    <Link to="/users/$id" params={{ id }}>
      {names.get(id) ?? id}
    </Link>
  )
}

/** What the directory keeps of a user by itself. */
function Kept({ user }: { readonly user: User }) {
  return (
    <section aria-label="Record">
      <header className={css.groupHead}>
        <PartHeading>Record</PartHeading>
      </header>
      <dl className={css.fields}>
        <Line label="Id">
          <code>{user.id}</code>
        </Line>
        <Line label="Number">{user.number}</Line>
        <Line label="Revision">{user.revision}</Line>
        <Line label="Last sign-in">
          <Moment at={user.lastLoginAt} />
        </Line>
        <Line label="Created">
          <Moment at={user.createdAt} />
          {user.createdBy != null && (
            <>
              {' by '}
              <UserLink id={user.createdBy} />
            </>
          )}
        </Line>
        <Line label="Changed">
          <Moment at={user.updatedAt} />
          {user.updatedBy != null && (
            <>
              {' by '}
              <UserLink id={user.updatedBy} />
            </>
          )}
        </Line>
        {user.picture !== null && <Line label="Picture">{user.picture.name}</Line>}
      </dl>
    </section>
  )
}
