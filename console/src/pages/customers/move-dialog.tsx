import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { CustomerNode } from '@rollcall/sdk'
import { answers, directory } from '../../directory/client.ts'
import { useMe } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import { CustomerPicker } from '../../widgets/customer-picker.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { Form } from '../../widgets/form.tsx'
import { notify } from '../../widgets/notices.tsx'

/** Another place in the tree, with all that is below. */
export function MoveDialog({ customer, onClose }: { readonly customer: CustomerNode; readonly onClose: () => void }) {
  const formId = useId()
  const seesAll = useMe()?.token.scope === 'all'
  const [parentId, setParentId] = useState<number | 'none' | null>(customer.parentId ?? (seesAll ? 'none' : null))
  const move = useMutation({
    mutationFn: (to: number | null) => directory.customers.update(customer.id, { parentId: to }),
    onSuccess: () => {
      notify(`${customer.name} is moved.`)
      void answers.invalidateQueries({ queryKey: ['customers'] })
      onClose()
    },
  })
  const faults = faultsOf(move.error, ['parentId'])
  const submit = () => {
    if (!move.isPending) move.mutate(parentId === 'none' ? null : parentId)
  }
  const actions = (
    <>
      <CancelButton />
      <Button look="main" type="submit" form={formId} aria-busy={move.isPending}>
        Move
      </Button>
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title={`Move ${customer.name}`} actions={actions}>
      <Form id={formId} draft={parentId} fault={faults.rest} onSubmit={submit}>
        <p>Its users and everything below it go along. Who may see the new place will see them.</p>
        <CustomerPicker
          label="Below"
          value={parentId}
          onChoose={setParentId}
          fault={faults.of('parentId')}
          {...(seesAll ? { none: 'No customer: at the top' } : {})}
        />
      </Form>
    </Dialog>
  )
}
