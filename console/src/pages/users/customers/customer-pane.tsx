import { Building2 } from 'lucide-react'
import { memo, useState } from 'react'
import { useMay } from '../../../directory/me.ts'
import { Button } from '../../../widgets/button.tsx'
import { Dialog } from '../../../widgets/dialog.tsx'
import type { ViewInAddress } from '../address/address.ts'
import { CustomerChoice } from './customer-choice.tsx'
import css from './customers.module.css'
import type { ChangeView } from '../address/use-address.ts'

interface CustomerPaneProps {
  readonly view: ViewInAddress
  readonly isShown: boolean
  /** A user is open on the other side of the list. */
  readonly isBesidePanel: boolean
  readonly onChange: ChangeView
}

/** The customers beside the list, and behind a button where there is no room beside it. */
export const CustomerPane = memo(function CustomerPane({ view, isShown, isBesidePanel, onChange }: CustomerPaneProps) {
  const mayRead = useMay('customers:read')
  if (!mayRead || !isShown) return null
  return (
    <aside aria-label="Customers" className={`${css.pane} ${isBesidePanel ? (css.besidePanel ?? '') : ''}`}>
      <CustomerChoice view={view} onChange={onChange} />
    </aside>
  )
})

/** The same in a dialog. */
export function CustomersButton({ view, onChange }: Pick<CustomerPaneProps, 'view' | 'onChange'>) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button className={css.narrowOnly ?? ''} icon={<Building2 aria-hidden />} onClick={() => setIsOpen(true)}>
        Customers
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setIsOpen(false)} title="Customers">
        <div className={css.inDialog}>
          <CustomerChoice view={view} onChange={onChange} />
        </div>
      </Dialog>
    </>
  )
}
