import { Link } from '@tanstack/react-router'
import { Button } from '../../../widgets/button.tsx'
import { Empty } from '../../../widgets/states.tsx'
import type { ViewInAddress } from '../address/address.ts'
import type { ChangeView } from '../address/use-address.ts'
import css from './users-table.module.css'

interface EmptyListProps {
  readonly view: ViewInAddress
  readonly onChange: ChangeView
  readonly onCreate: (() => void) | null
}

/** A list with nobody in it: what to take back, or how to fill the directory. */
export function EmptyList({ view, onChange, onCreate }: EmptyListProps) {
  const isNarrowed = Object.keys(view.query).some((name) => name !== 'sort')
  const clear = () => onChange({ q: undefined, filter: undefined, customer: undefined, subsidiaries: undefined })
  return (
    <div className={css.empty}>
      {isNarrowed ? (
        <Empty title="Nobody matches" action={<Button onClick={clear}>Clear search and filters</Button>}>
          <p>Words are found in names, identifier, e-mail and description, also with small slips.</p>
        </Empty>
      ) : (
        <Empty
          title="There are no users yet"
          action={
            onCreate !== null && (
              <>
                <Button look="main" onClick={onCreate}>
                  Create a user
                </Button>
                <Link to="/import">Import users from a file</Link>
              </>
            )
          }
        />
      )}
    </div>
  )
}
