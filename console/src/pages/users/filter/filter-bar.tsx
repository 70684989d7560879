import { ListFilterPlus } from 'lucide-react'
import { lazy, useRef, useState } from 'react'
import { Button } from '../../../widgets/button.tsx'
import { Part } from '../../../widgets/part.tsx'
import { namesUser } from '../../../directory/user-fields.ts'
import { useUserNames } from '../../../directory/user-names.ts'
import type { ViewInAddress } from '../address/address.ts'
import css from './filter-bar.module.css'
import { FilterChips, RemoveButton, type Editing } from './filter-chips.tsx'
import { jointAt, withAt } from './filter-path.ts'
import { conditionsOf, filterText, type Condition, type Filter, type FilterValue, type Group } from './filter.ts'
import { filterWords } from './filter-words.ts'
import { useCustomers } from '../../../customers/customers.ts'
import type { Change, ChangeView } from '../address/use-address.ts'

const FilterDialog = lazy(async () => ({ default: (await import('./filter-dialog.tsx')).FilterDialog }))

interface FilterBarProps {
  readonly view: ViewInAddress
  readonly onChange: ChangeView
}

/** The filters as chips, in groups of which all or any must hold. */
export function FilterBar({ view: { filter, withDeleted, customerId }, onChange }: FilterBarProps) {
  const [editing, setEditing] = useState<Editing | null>(null)
  const { names } = useCustomers()
  const users = useUserNames(conditionsOf(filter).flatMap(usersIn))
  const name = (field: string, value: FilterValue) => {
    if (field === 'customerId' && typeof value === 'number') return names.get(value) ?? String(value)
    return namesUser(field) ? users.get(String(value)) : undefined
  }
  const bar = useRef<HTMLDivElement>(null)
  // What is pressed goes away with what it takes out, and the focus would go with it.
  const take = (change: Change) => {
    bar.current?.focus({ preventScroll: true })
    onChange(change)
  }
  const changeTo = (next: Group): Change => ({ filter: filterText(next) || undefined, user: undefined })
  const put = (next: Group) => onChange(changeTo(next))
  const isBare = filter.of.length === 0 && !withDeleted && customerId === null
  const save = (next: Filter) => {
    if (editing === null) return
    const { path, kind, filter: before } = editing
    setEditing(null)
    if (kind === 'add') put({ ...filter, of: [...filter.of, next] })
    else if (kind === 'edit' || before === undefined) put(withAt(filter, path, next))
    else put(withAt(filter, path, { kind: jointAt(filter, path) === 'and' ? 'or' : 'and', of: [before, next] }))
  }
  return (
    <div ref={bar} tabIndex={-1} role="group" aria-label="Filters" className={css.bar} data-bare={isBare || undefined}>
      <FilterChips
        group={filter}
        path={[]}
        words={(one) => filterWords(one, name)}
        onPut={(path, next) => (next === undefined ? take : onChange)(changeTo(withAt(filter, path, next)))}
        onEdit={setEditing}
      />
      {customerId !== null && (
        <span className={css.chip}>
          <span className={css.words}>
            Customer: <bdi>{names.get(customerId) ?? customerId}</bdi>
          </span>
          <RemoveButton what="the customer" onRemove={() => take({ customer: undefined, subsidiaries: undefined })} />
        </span>
      )}
      {withDeleted && (
        <span className={css.chip}>
          <span className={css.words}>With deleted users</span>
          <RemoveButton what="with deleted users" onRemove={() => take({ deleted: undefined })} />
        </span>
      )}
      <Button
        look="quiet"
        icon={<ListFilterPlus aria-hidden />}
        onClick={() => setEditing({ path: [], kind: 'add', filter: undefined })}
      >
        Add filter
      </Button>
      {!withDeleted && (
        <Button look="quiet" onClick={() => take({ deleted: 'yes' })}>
          Show deleted
        </Button>
      )}
      {filter.of.length > 1 && (
        <Button look="quiet" onClick={() => take({ filter: undefined })}>
          Clear filters
        </Button>
      )}
      <Part of={editing} onClose={() => setEditing(null)}>
        {editing !== null && (
          <FilterDialog
            title={
              editing.kind === 'add' ? 'Add filter' : editing.kind === 'edit' ? 'Change filter' : 'Add alternative'
            }
            filter={editing.kind === 'edit' ? editing.filter : undefined}
            onSave={save}
            onClose={() => setEditing(null)}
          />
        )}
      </Part>
    </div>
  )
}

function usersIn(condition: Condition): readonly string[] {
  if (!namesUser(condition.field) || condition.kind === 'present') return []
  return (condition.kind === 'in' ? condition.values : [condition.value]).filter((value) => typeof value === 'string')
}
