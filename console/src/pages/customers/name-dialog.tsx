import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { CustomerNode } from '@rollcall/sdk'
import { answers, directory } from '../../directory/client.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { TextField } from '../../widgets/field.tsx'
import { Form } from '../../widgets/form.tsx'
import { notify } from '../../widgets/notices.tsx'
import { ParentField, useParent } from './parent-field.tsx'

interface NameDialogProps {
  /** Null for a new one. */
  readonly customer: CustomerNode | null
  /** Where a new one is meant to be. */
  readonly parent: CustomerNode | null
  readonly onClose: () => void
}

/** A new customer, or another name and code for one there is. */
export function NameDialog({ customer, parent, onClose }: NameDialogProps) {
  const formId = useId()
  const [name, setName] = useState(customer?.name ?? '')
  const [code, setCode] = useState(customer?.code ?? '')
  const place = useParent(parent?.id ?? null)
  const save = useMutation({
    mutationFn: () => {
      const said = { name: name.trim(), code: code.trim() }
      if (customer) return directory.customers.update(customer.id, said)
      return directory.customers.create({ ...said, parentId: place.parentId })
    },
    onSuccess: (saved) => {
      notify(customer ? `${saved.name} is saved.` : `${saved.name} is created, with the number ${saved.id}.`)
      void answers.invalidateQueries({ queryKey: ['customers'] })
      onClose()
    },
  })
  const faults = faultsOf(save.error, ['code', 'name', 'parentId'])
  const submit = () => {
    if (!save.isPending) save.mutate()
  }
  const actions = (
    <>
      <CancelButton />
      <Button look="main" type="submit" form={formId} aria-busy={save.isPending}>
        {customer ? 'Save' : 'Create'}
      </Button>
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title={customer ? `Rename ${customer.name}` : 'New customer'} actions={actions}>
      <Form id={formId} draft={[name, code, place.above]} fault={faults.rest} onSubmit={submit}>
        <TextField
          label="Name"
          required
          autoFocus
          autoComplete="off"
          value={name}
          fault={faults.of('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Code"
          hint="Short and unique, such as north-2. Other systems may know the customer by it."
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={code}
          fault={faults.of('code')}
          onChange={(event) => setCode(event.target.value)}
        />
        {!customer && <ParentField parent={place} fault={faults.of('parentId')} />}
      </Form>
    </Dialog>
  )
}
