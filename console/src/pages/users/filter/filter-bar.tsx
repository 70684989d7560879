import { ListFilterPlus, Split, X } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Button, IconButton } from '../../../widgets/button.tsx'
import type { ViewInAddress } from '../address/address.ts'
import css from './filter-bar.module.css'
import {
  filterText,
  isGroup,
  withAt,
  type Condition,
  type Filter,
  type FilterValue,
  type Group,
  type Path,
} from './filter.ts'
import { filterWords } from './filter-words.ts'
import { useCustomers } from '../../../customers/customers.ts'
import type { Change, ChangeView } from '../address/use-address.ts'

const FilterDialog = lazy(async () => ({ default: (await import('./filter-dialog.tsx')).FilterDialog }))

interface FilterBarProps {
  readonly view: ViewInAddress
  readonly onChange: ChangeView
}

/** What a dialog is open for: a new filter, one to be changed, or an alternative to one. */
interface Editing {
  readonly path: Path
  readonly kind: 'add' | 'edit' | 'split'
  readonly filter: Filter | undefined
}

/** The filters as chips, in groups of which all or any must hold. */
export function FilterBar({ view: { filter, withDeleted, customerId }, onChange }: FilterBarProps) {
  const [editing, setEditing] = useState<Editing | null>(null)
  const { names } = useCustomers()
  const name = (field: string, value: FilterValue) =>
    field === 'customerId' && typeof value === 'number' ? (names.get(value) ?? String(value)) : undefined
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
      <GroupChips
        group={filter}
        path={[]}
        words={(one) => filterWords(one, (field, value) => name(field, value) ?? plainValue(value))}
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
      <Suspense>
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
      </Suspense>
    </div>
  )
}

function plainValue(value: FilterValue): string {
  return String(value).replace(/T00:00:00(?:\.000)?Z$/, '')
}

function jointAt(group: Group, path: Path): 'and' | 'or' {
  const [index, ...rest] = path
  const inner = index === undefined ? undefined : group.of[index]
  if (rest.length === 0 || inner === undefined) return group.kind
  const next = inner.kind === 'not' ? inner.of : inner
  return isGroup(next) ? jointAt(next, rest) : group.kind
}

interface GroupChipsProps {
  readonly group: Group
  readonly path: Path
  readonly words: (filter: Filter) => string
  readonly onPut: (path: Path, next: Filter | undefined) => void
  readonly onEdit: (editing: Editing) => void
}

function GroupChips({ group, path, words, onPut, onEdit }: GroupChipsProps) {
  return group.of.map((one, at) => {
    const here = [...path, at]
    return (
      <span key={`${at} ${filterText(one)}`} className={css.joined}>
        {at > 0 && (
          <JointButton
            group={group}
            onTurn={() => onPut(path, { kind: group.kind === 'and' ? 'or' : 'and', of: group.of })}
          />
        )}
        {isGroup(one) ? (
          <span role="group" aria-label={words(one)} className={css.group}>
            <GroupChips group={one} path={here} words={words} onPut={onPut} onEdit={onEdit} />
          </span>
        ) : (
          <Chip filter={one} path={here} words={words} onPut={onPut} onEdit={onEdit} />
        )}
      </span>
    )
  })
}

function JointButton({ group: { kind }, onTurn }: { readonly group: Group; readonly onTurn: () => void }) {
  const other = kind === 'and' ? 'or' : 'and'
  return (
    <button
      type="button"
      className={css.joint}
      title={`Use ${other} instead`}
      aria-label={`${kind}; use ${other} instead`}
      onClick={onTurn}
    >
      {kind}
    </button>
  )
}

type ChipProps = Omit<GroupChipsProps, 'group'> & { readonly filter: Filter }

/** A chip can be changed where it is one condition, turned around or not; what is more is taken out as a whole. */
function Chip({ filter, path, words, onPut, onEdit }: ChipProps) {
  const said = words(filter)
  return (
    <span className={css.chip}>
      {isSimple(filter) ? (
        <button
          type="button"
          className={css.words}
          aria-label={`Change the filter ${said}`}
          dir="auto"
          onClick={() => onEdit({ path, kind: 'edit', filter })}
        >
          {said}
        </button>
      ) : (
        <span dir="auto" className={css.words}>
          {said}
        </span>
      )}
      <IconButton
        label={`Add an alternative to ${said}`}
        className={css.small ?? ''}
        onClick={() => onEdit({ path, kind: 'split', filter })}
      >
        <Split aria-hidden />
      </IconButton>
      <RemoveButton what={said} onRemove={() => onPut(path, undefined)} />
    </span>
  )
}

function isSimple(filter: Filter): filter is Condition | { readonly kind: 'not'; readonly of: Condition } {
  if (filter.kind === 'not') return !isGroup(filter.of) && filter.of.kind !== 'not'
  return !isGroup(filter)
}

function RemoveButton({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) {
  return (
    <IconButton label={`Remove ${what}`} className={css.small ?? ''} onClick={onRemove}>
      <X aria-hidden />
    </IconButton>
  )
}
