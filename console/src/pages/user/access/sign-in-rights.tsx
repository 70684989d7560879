import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SignIn, User } from '@rollcall/sdk'
import { directory } from '../../../directory/client.ts'
import { useScopeName } from '../../../customers/customers.ts'
import { Button } from '../../../widgets/button.tsx'
import { Moment } from '../../../widgets/moment.tsx'
import { notify } from '../../../widgets/notices.tsx'
import { Fault, Skeleton } from '../../../widgets/states.tsx'
import { PartHeading } from '../part-heading.tsx'
import { RightsForm } from './rights-form.tsx'
import { forgetSignIn, signInQuery } from './sign-in-query.ts'
import css from '../parts.module.css'

/** The right to sign in with a password: given, changed and taken back. */
export function SignInRights({ user }: { readonly user: User }) {
  const [isEditing, setIsEditing] = useState(false)
  const { data, error, refetch } = useQuery(signInQuery(user.id))
  if (error !== null) return <Fault error={error} onRetry={() => void refetch()} />
  return (
    <section aria-label="Sign-in with a password">
      <header className={css.groupHead}>
        <PartHeading>Sign-in with a password</PartHeading>
        {data !== undefined && !isEditing && user.status !== 'deleted' && (
          <span className={css.pair}>
            {data !== null && <RefuseButton user={user} />}
            <Button onClick={() => setIsEditing(true)}>{data === null ? 'Allow' : 'Change'}</Button>
          </span>
        )}
      </header>
      {data === undefined ? (
        <Skeleton lines={2} label="Loading the sign-in" />
      ) : isEditing ? (
        <RightsForm user={user} signIn={data} onDone={() => setIsEditing(false)} />
      ) : data === null ? (
        <p className={css.quiet}>This user cannot sign in here.</p>
      ) : (
        <Rights signIn={data} />
      )}
    </section>
  )
}

function Rights({ signIn: { permissions, scope, hasPassword, lastUsedAt } }: { readonly signIn: SignIn }) {
  const scopeName = useScopeName()
  return (
    <dl className={css.fields}>
      <div>
        <dt>Permissions</dt>
        <dd>{permissions.join(', ')}</dd>
      </div>
      <div>
        <dt>Sees</dt>
        <dd dir="auto">{scopeName(scope)}</dd>
      </div>
      <div>
        <dt>Password</dt>
        <dd>{hasPassword ? 'Set' : 'None yet: sign-in does not work'}</dd>
      </div>
      <div>
        <dt>Last used</dt>
        <dd>
          <Moment at={lastUsedAt} none="Never" />
        </dd>
      </div>
    </dl>
  )
}

function RefuseButton({ user }: { readonly user: User }) {
  const refuse = useMutation({
    mutationFn: () => directory.users.refuseSignIn(user.id),
    onSuccess: async () => {
      await forgetSignIn(user.id)
      notify(`${user.fullName} cannot sign in any longer.`)
    },
    onError: (error) => notify(error.message, { tone: 'danger' }),
  })
  return (
    <Button disabled={refuse.isPending} onClick={() => refuse.mutate()}>
      Refuse
    </Button>
  )
}
