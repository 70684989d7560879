import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Permission, Scope, SignIn, User } from '@rollcall/sdk'
import { answers, directory } from '../../../directory/client.ts'
import { useScopeName } from '../../../customers/customers.ts'
import { useMay, useMe } from '../../../directory/me.ts'
import { Button } from '../../../widgets/button.tsx'
import { CustomerPicker } from '../../../widgets/customer-picker.tsx'
import { DraftsAround, CancelButton, useDrafts } from '../../../widgets/drafts.tsx'
import { faultsOf } from '../../../widgets/faults.ts'
import { Form } from '../../../widgets/form.tsx'
import { Moment } from '../../../widgets/moment.tsx'
import { notify } from '../../../widgets/notices.tsx'
import { PasswordField } from '../../../widgets/password-field.tsx'
import { PermissionBoxes } from '../../../widgets/permission-boxes.tsx'
import { Fault, Skeleton } from '../../../widgets/states.tsx'
import { PartHeading } from '../part-heading.tsx'
import { leavesUser } from '../leaves-user.ts'
import css from '../user.module.css'

// Whether there is one is asked by a list: a browser writes every 404 into its log as an error.
async function readSignIn(id: string, signal: AbortSignal): Promise<SignIn | null> {
  const tokens = await directory.tokens.all({ userId: id, use: 'sign-in' }, { signal })
  if (!tokens.some(({ revokedAt }) => revokedAt === null)) return null
  return directory.users.signIn(id, { signal })
}

/** The right to sign in with a password: given, changed and taken back. */
export function SignInRights({ user }: { readonly user: User }) {
  const [isEditing, setIsEditing] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['user', user.id, 'sign-in'],
    queryFn: ({ signal }) => readSignIn(user.id, signal),
  })
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
        <Skeleton lines={2} />
      ) : isEditing ? (
        <SignInForm user={user} signIn={data} onDone={() => setIsEditing(false)} />
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

const refresh = (user: User) => answers.invalidateQueries({ queryKey: ['user', user.id, 'sign-in'] })

function RefuseButton({ user }: { readonly user: User }) {
  const refuse = useMutation({
    mutationFn: () => directory.users.refuseSignIn(user.id),
    onSuccess: async () => {
      await refresh(user)
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

// Only the server knows which customer lies below which: here another one is said to be perhaps more.
function hintFor({ permissions: had, scope: saw }: SignIn, permissions: readonly Permission[], scope: Scope): string {
  const isMore = !had.includes('admin') && permissions.some((permission) => !had.includes(permission))
  if (isMore || (scope !== saw && scope === 'all')) {
    return 'Left empty, it is forgotten, because the user is given more than before.'
  }
  if (scope !== saw && saw !== 'all') return 'Left empty, it is forgotten unless the user sees less than before.'
  return 'Left empty, it stays as it is.'
}

interface SignInFormProps {
  readonly user: User
  readonly signIn: SignIn | null
  readonly onDone: () => void
}

function SignInForm({ user, signIn, onDone }: SignInFormProps) {
  const seesAll = useMe()?.token.scope === 'all'
  const usual: readonly Permission[] = useMay('users:read') ? ['users:read'] : []
  const [permissions, setPermissions] = useState(signIn?.permissions ?? usual)
  const [scope, setScope] = useState<Scope>(signIn?.scope ?? user.customerId)
  const [password, setPassword] = useState('')
  const allow = useMutation({
    mutationFn: () =>
      directory.users.allowSignIn(user.id, { permissions, scope, ...(password === '' ? {} : { password }) }),
    onSuccess: async () => {
      await refresh(user)
      notify(`${user.fullName} can sign in.`)
      onDone()
    },
  })
  const faults = faultsOf(allow.error, ['permissions', 'scope', 'password'])
  const { drafts, question } = useDrafts(onDone, leavesUser)
  return (
    <DraftsAround value={drafts}>
      <Form
        draft={[permissions, scope, password]}
        takesFocus
        fault={faults.rest}
        onSubmit={() => allow.mutate()}
        actions={
          <span className={css.pair}>
            <CancelButton />
            <Button look="main" type="submit" aria-busy={allow.isPending} disabled={allow.isPending}>
              Save
            </Button>
          </span>
        }
      >
        <PermissionBoxes
          label="Permissions"
          value={permissions}
          onChange={setPermissions}
          fault={faults.of('permissions')}
        />
        <CustomerPicker
          label="Sees"
          hint="A customer and all below it."
          value={scope === 'all' ? 'none' : scope}
          onChoose={(value) => setScope(value === 'none' ? 'all' : value)}
          fault={faults.of('scope')}
          {...(seesAll ? { none: 'Everything' } : {})}
        />
        <PasswordField
          label={signIn?.hasPassword === true ? 'New password' : 'Password'}
          hint={signIn?.hasPassword === true ? hintFor(signIn, permissions, scope) : undefined}
          autoComplete="new-password"
          value={password}
          known={[user.identifier, user.fullName, user.email ?? '']}
          fault={faults.of('password')}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Form>
      {question}
    </DraftsAround>
  )
}
