import { useMutation } from '@tanstack/react-query'
import type { CustomerNode } from '@rollcall/sdk'
import { answers, directory, hasStatus } from '../../directory/client.ts'
import { countText } from '../../text/count.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { notify } from '../../widgets/notices.tsx'
import css from './customers.module.css'

/** Removes a customer that has nothing left; says beforehand what is in the way. */
export function RemoveDialog({ customer, onClose }: { readonly customer: CustomerNode; readonly onClose: () => void }) {
  const remove = useMutation({
    mutationFn: () => directory.customers.remove(customer.id),
    onSuccess: () => {
      notify(`${customer.name} is removed.`)
      void answers.invalidateQueries({ queryKey: ['customers'] })
      onClose()
    },
  })
  const inTheWay = [
    ...(customer.users === undefined || customer.users === 0
      ? []
      : [countText(customer.users, 'user of its own', 'users of its own')]),
    ...(customer.children.length === 0
      ? []
      : [countText(customer.children.length, 'customer directly below it', 'customers directly below it')]),
  ]
  const isInUse = hasStatus(remove.error, 409)
  const actions = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button look="danger" aria-busy={remove.isPending} onClick={() => remove.mutate()}>
        Remove
      </Button>
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title={`Remove ${customer.name}?`} actions={actions}>
      <p>The customer is gone for good. Its code can be given to another one.</p>
      {inTheWay.length > 0 && (
        <p className={css.warning}>It still has {inTheWay.join(' and ')}. They have to be moved or removed first.</p>
      )}
      {remove.error !== null && (
        <div role="alert" className={css.fault}>
          <p>{faultsOf(remove.error, []).rest}</p>
          {isInUse && (
            <p>
              Deleted users count too: they can be restored, and need a customer then. Move what is left to another
              customer, or keep this one.
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}
