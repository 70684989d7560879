import { useQuery } from '@tanstack/react-query'
import { ChevronsDownUp, ChevronsUpDown, Plus } from 'lucide-react'
import { useEffect } from 'react'
import { customersQuery } from '../../customers/customers.ts'
import { treeLines } from '../../customers/tree-lines.ts'
import { useMay } from '../../directory/me.ts'
import { countText } from '../../text/count.ts'
import { announce } from '../../widgets/announcer.tsx'
import { Button } from '../../widgets/button.tsx'
import { Page } from '../../widgets/page.tsx'
import { SearchField } from '../../widgets/search-field.tsx'
import { Empty, Fault, Skeleton } from '../../widgets/states.tsx'
import { CustomerDialogs } from './customer-dialogs.tsx'
import { CustomerGrid } from './customer-grid.tsx'
import css from './customers.module.css'
import { useTreeAddress } from './use-tree-address.ts'

/** The forest of customers: who belongs to whom, and how many users each has. */
export function CustomersPage() {
  const mayWrite = useMay('customers:write')
  const address = useTreeAddress()
  const { data, error, isPending, refetch } = useQuery(customersQuery)
  const lines = data ? treeLines(data, address.q, address.isFolded) : []
  const { q } = address
  useEffect(() => {
    if (q !== '' && data) announce(`${countText(lines.length, 'customer')} shown`)
  }, [q, data, lines.length])

  const create = mayWrite && (
    <Button look="main" icon={<Plus aria-hidden />} onClick={() => address.open('new', null)}>
      New customer
    </Button>
  )
  return (
    <div className={css.place}>
      <Page
        title="Customers"
        lead="Each has users of its own, and those of all subsidiaries below it."
        actions={create || undefined}
      >
        {data && data.length > 0 && (
          <div className={css.tools}>
            <SearchField
              label="Search customers"
              placeholder="Name, code or number"
              value={q}
              onSearch={address.setQ}
            />
            <Button icon={<ChevronsUpDown aria-hidden />} onClick={address.openAll} disabled={q !== ''}>
              Open all
            </Button>
            <Button icon={<ChevronsDownUp aria-hidden />} onClick={address.foldAll} disabled={q !== ''}>
              Fold all
            </Button>
          </div>
        )}
        {isPending && <Skeleton lines={8} label="Loading the customers" />}
        {error && !data && <Fault error={error} onRetry={() => void refetch()} />}
        {data?.length === 0 && (
          <Empty title="There are no customers yet" action={create || undefined}>
            <p>Users belong to customers. Start with the one at the top.</p>
          </Empty>
        )}
        {data && data.length > 0 && lines.length === 0 && (
          <Empty
            title="No customer is called that"
            action={<Button onClick={() => address.setQ('')}>Show all customers</Button>}
          />
        )}
        {lines.length > 0 && (
          <CustomerGrid lines={lines} onTurn={address.turn} onEdit={address.open} mayWrite={mayWrite} />
        )}
      </Page>
      {mayWrite && data && <CustomerDialogs address={address} forest={data} />}
    </div>
  )
}
