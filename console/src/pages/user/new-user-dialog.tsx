import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { UserDraft, UserType } from '@rollcall/sdk'
import { directory } from '../../directory/client.ts'
import { useMe } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import { CustomerPicker } from '../../widgets/customer-picker.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { SelectField, TextField } from '../../widgets/field.tsx'
import { Form } from '../../widgets/form.tsx'
import { notify } from '../../widgets/notices.tsx'
import { USER_TYPES } from '../../directory/user-fields.ts'
import { keepUser } from './user-query.ts'

interface NewUserDialogProps {
  /** The customer the list shows, whom a new user probably belongs to. */
  readonly customerId: number | null
  readonly onClose: () => void
  readonly onCreated: (id: string) => void
}

const TEXTS = [
  ['givenName', 'Given name'],
  ['familyName', 'Family name'],
  ['email', 'E-mail'],
  ['identifier', 'Identifier'],
  ['role', 'Role'],
] as const
const NAMES = [...TEXTS.map(([name]) => name), 'customerId', 'userType', 'status']

/** What a user needs to begin with; everything else can be said afterwards. */
export function NewUserDialog({ customerId, onClose, onCreated }: NewUserDialogProps) {
  const me = useMe()
  const formId = useId()
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [customer, setCustomer] = useState<number | null>(customerId ?? me?.user.customerId ?? null)
  const [userType, setUserType] = useState<string>('user')
  const [lack, setLack] = useState<string | undefined>()
  const create = useMutation({
    mutationFn: (draft: UserDraft) => directory.users.create(draft),
    onSuccess: (user) => {
      keepUser(user)
      notify(`${user.fullName} was created.`)
      onCreated(user.id)
    },
  })
  const faults = faultsOf(create.error, NAMES)
  const said = Object.entries(texts).filter(([, text]) => text.trim() !== '')
  const submit = () => {
    if (!said.some(([name]) => name === 'email' || name === 'identifier')) {
      setLack('An e-mail address or an identifier is needed.')
      return
    }
    create.mutate({
      ...Object.fromEntries(said.map(([name, text]) => [name, text.trim()])),
      ...(customer === null ? {} : { customerId: customer }),
      userType: userType as UserType,
    })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New user"
      actions={
        <>
          <CancelButton />
          <Button look="main" type="submit" form={formId} aria-busy={create.isPending} disabled={create.isPending}>
            Create
          </Button>
        </>
      }
    >
      <Form id={formId} noValidate draft={[said, customer, userType]} fault={faults.rest} onSubmit={submit}>
        {TEXTS.map(([name, label], at) => (
          <TextField
            key={name}
            label={label}
            autoFocus={at === 0}
            autoComplete="off"
            inputMode={name === 'email' ? 'email' : 'text'}
            {...(name === 'identifier' ? { hint: 'The e-mail address where nothing is said.' } : {})}
            value={texts[name] ?? ''}
            fault={(name === 'email' ? lack : undefined) ?? faults.of(name)}
            onChange={({ target }) => {
              setLack(undefined)
              setTexts((before) => ({ ...before, [name]: target.value }))
            }}
          />
        ))}
        <SelectField
          label="Type"
          value={userType}
          options={USER_TYPES.map((value) => ({ value, label: value }))}
          fault={faults.of('userType')}
          onChange={({ target }) => setUserType(target.value)}
        />
        <CustomerPicker
          label="Customer"
          value={customer}
          fault={faults.of('customerId')}
          onChoose={(value) => setCustomer(value === 'none' ? null : value)}
        />
      </Form>
    </Dialog>
  )
}
