import type { CustomerNode } from '@rollcall/sdk'
import { placed } from '../../customers/customers.ts'
import { MoveDialog } from './move-dialog.tsx'
import { NameDialog } from './name-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import type { useTreeAddress } from './use-tree-address.ts'

interface CustomerDialogsProps {
  readonly address: ReturnType<typeof useTreeAddress>
  readonly forest: readonly CustomerNode[]
}

/** The dialog that the address asks for. */
export function CustomerDialogs({ address, forest }: CustomerDialogsProps) {
  const { edit, customerId, close } = address
  if (edit === null) return null
  const customer = placed(forest).find((one) => one.customer.id === customerId)?.customer ?? null
  // With a key, each opening begins with what is so now.
  const key = `${edit} ${customerId}`
  if (edit === 'new') return <NameDialog key={key} customer={null} parent={customer} onClose={close} />
  if (customer === null) return null
  if (edit === 'rename') return <NameDialog key={key} customer={customer} parent={null} onClose={close} />
  if (edit === 'move') return <MoveDialog key={key} customer={customer} onClose={close} />
  return <RemoveDialog key={key} customer={customer} onClose={close} />
}
