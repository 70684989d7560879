import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Permission, Token, User } from '@rollcall/sdk'
import { answers, directory } from '../../directory/client.ts'
import { useMay, useMe } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import { CustomerPicker } from '../../widgets/customer-picker.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { SelectField, TextField } from '../../widgets/field.tsx'
import { Form } from '../../widgets/form.tsx'
import { PermissionBoxes } from '../../widgets/permission-boxes.tsx'
import { UserPicker } from '../../widgets/user-picker.tsx'
import { EXPIRIES, expiresAt, type Expiry } from './expiry.ts'
import css from './tokens.module.css'

interface NewTokenFormProps {
  readonly onClose: () => void
  readonly onIssued: (issued: Token & { readonly secret: string }) => void
}

type Choice = Pick<User, 'id' | 'fullName' | 'identifier' | 'email'>

/** What a new token is to be. Nothing that widens it is chosen beforehand. */
export function NewTokenForm({ onClose, onIssued }: NewTokenFormProps) {
  const formId = useId()
  const me = useMe()
  const seesAll = me?.token.scope === 'all'
  const mayRead = useMay('users:read')
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<Choice | null>(null)
  const [permissions, setPermissions] = useState<readonly Permission[]>(mayRead ? ['users:read'] : [])
  const [scope, setScope] = useState<number | 'none' | null>(null)
  const [expiry, setExpiry] = useState<Expiry>('90')
  const [date, setDate] = useState('')
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({})
  const user = chosen ?? me?.user ?? null
  const issue = useMutation({
    mutationFn: directory.tokens.issue,
    // The answer has the secret: it goes with the dialog.
    gcTime: 0,
    onSuccess: (issued) => {
      void answers.invalidateQueries({ queryKey: ['tokens'] })
      onIssued(issued)
    },
  })
  const faults = faultsOf(issue.error, ['name', 'userId', 'permissions', 'scope', 'expiresAt'])
  const faultOf = (field: string) => lacks[field] ?? faults.of(field)
  const submit = () => {
    const end = expiresAt(expiry, date, Date.now())
    const missing = {
      ...(user === null ? { userId: 'Choose whom the token acts for.' } : {}),
      ...(permissions.length === 0
        ? { permissions: 'A token without permissions can do nothing: choose at least one.' }
        : {}),
      ...(scope === null ? { scope: 'Choose what the token sees.' } : {}),
      ...(end === undefined ? { expiresAt: 'Choose the last day.' } : {}),
    }
    setLacks(missing)
    if (issue.isPending || user === null || scope === null || Object.keys(missing).length > 0) return
    issue.mutate({
      name: name.trim(),
      userId: user.id,
      permissions,
      scope: scope === 'none' ? 'all' : scope,
      expiresAt: end ?? null,
    })
  }
  const actions = (
    <>
      <CancelButton />
      <Button look="main" type="submit" form={formId} aria-busy={issue.isPending}>
        Issue the token
      </Button>
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title="New token" actions={actions}>
      <Form id={formId} draft={[name, chosen, permissions, scope, expiry, date]} fault={faults.rest} onSubmit={submit}>
        <TextField
          label="Name"
          hint="What it is for, such as nightly export."
          required
          autoFocus
          autoComplete="off"
          value={name}
          fault={faultOf('name')}
          onChange={(event) => setName(event.target.value)}
        />
        {mayRead ? (
          <UserPicker
            label="Acts for"
            hint="What it writes is written in this user's name."
            isRequired
            user={user}
            onChoose={setChosen}
            fault={faultOf('userId')}
          />
        ) : (
          <p>It acts for you: to choose another user takes the permission users:read.</p>
        )}
        <PermissionBoxes
          label="Permissions"
          value={permissions}
          onChange={setPermissions}
          fault={faultOf('permissions')}
        />
        <CustomerPicker
          label="Sees"
          hint="A customer and all below it."
          isRequired
          value={scope}
          onChoose={setScope}
          fault={faultOf('scope')}
          {...(seesAll ? { none: 'Everything' } : {})}
        />
        <div className={css.pair}>
          <SelectField
            label="Expires"
            options={EXPIRIES}
            value={expiry}
            fault={expiry === 'date' ? undefined : faultOf('expiresAt')}
            onChange={(event) => setExpiry(event.target.value as Expiry)}
          />
          {expiry === 'date' && (
            <TextField
              label="Last day"
              type="date"
              required
              value={date}
              fault={faultOf('expiresAt')}
              onChange={(event) => setDate(event.target.value)}
            />
          )}
        </div>
      </Form>
    </Dialog>
  )
}
