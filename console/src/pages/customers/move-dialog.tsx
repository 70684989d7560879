import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import type { CustomerNode } from '@rollcall/sdk'
import { answers, directory } from '../../directory/client.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { CancelButton } from '../../widgets/drafts.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { Form } from '../../widgets/form.tsx'
import { notify } from '../../widgets/notices.tsx'
import { ParentField, useParent } from './parent-field.tsx'

/** Another place in the tree, with all that is below. */
export function MoveDialog({ customer, onClose }: { readonly customer: CustomerNode; readonly onClose: () => void }) {
  const formId = useId()
  const parent = useParent(customer.parentId)
  const move = useMutation({
    mutationFn: () => directory.customers.update(customer.id, { parentId: parent.parentId }),
    onSuccess: () => {
      notify(`${customer.name} is moved.`)
      void answers.invalidateQueries({ queryKey: ['customers'] })
      onClose()
    },
  })
  const faults = faultsOf(move.error, ['parentId'])
  const submit = () => {
    if (!move.isPending) move.mutate()
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
      <Form id={formId} draft={parent.above} fault={faults.rest} onSubmit={submit}>
        <p>Its users and everything below it go along. Who may see the new place will see them.</p>
        <ParentField parent={parent} fault={faults.of('parentId')} />
      </Form>
    </Dialog>
  )
}
