import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Permission, Scope, SignIn, User } from '@rollcall/sdk'
import { directory } from '../../../directory/client.ts'
import { useMay, useMe } from '../../../directory/me.ts'
import { Button } from '../../../widgets/button.tsx'
import { CustomerPicker } from '../../../widgets/customer-picker.tsx'
import { CancelButton, DraftsAround, useDrafts } from '../../../widgets/drafts.tsx'
import { faultsOf } from '../../../widgets/faults.ts'
import { Form } from '../../../widgets/form.tsx'
import { notify } from '../../../widgets/notices.tsx'
import { PasswordField } from '../../../widgets/password-field.tsx'
import { PermissionBoxes } from '../../../widgets/permission-boxes.tsx'
import { leavesUser } from '../leaves-user.ts'
import css from '../parts.module.css'
import { forgetSignIn } from './sign-in-query.ts'

// Only the server knows which customer lies below which: here another one is said to be perhaps more.
function hintFor({ permissions: had, scope: saw }: SignIn, permissions: readonly Permission[], scope: Scope): string {
  const isMore = !had.includes('admin') && permissions.some((permission) => !had.includes(permission))
  if (isMore || (scope !== saw && scope === 'all')) {
    return 'Left empty, it is forgotten, because the user is given more than before.'
  }
  if (scope !== saw && saw !== 'all') return 'Left empty, it is forgotten unless the user sees less than before.'
  return 'Left empty, it stays as it is.'
}

interface RightsFormProps {
  readonly user: User
  readonly signIn: SignIn | null
  readonly onDone: () => void
}

/** What a user who signs in may do and see, and the password it is done with. */
export function RightsForm({ user, signIn, onDone }: RightsFormProps) {
  const seesAll = useMe()?.token.scope === 'all'
  const usual: readonly Permission[] = useMay('users:read') ? ['users:read'] : []
  const [permissions, setPermissions] = useState(signIn?.permissions ?? usual)
  const [scope, setScope] = useState<Scope>(signIn?.scope ?? user.customerId)
  const [password, setPassword] = useState('')
  const allow = useMutation({
    mutationFn: () =>
      directory.users.allowSignIn(user.id, { permissions, scope, ...(password === '' ? {} : { password }) }),
    onSuccess: async () => {
      await forgetSignIn(user.id)
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
