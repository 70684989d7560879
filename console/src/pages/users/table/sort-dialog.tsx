import { ArrowUp, X } from 'lucide-react'
import { useMay } from '../../../directory/me.ts'
import { Button, IconButton } from '../../../widgets/button.tsx'
import { Dialog } from '../../../widgets/dialog.tsx'
import { SelectField } from '../../../widgets/field.tsx'
import { SORT_MAX, sortText, type SortKey } from '../address/sort.ts'
import { FIELDS, METADATA } from '../../../directory/user-fields.ts'
import css from '../list-dialog.module.css'
import type { ChangeView } from '../address/use-address.ts'

interface SortDialogProps {
  readonly sort: readonly SortKey[]
  readonly onChange: ChangeView
  readonly onClose: () => void
}

/** By what the list is sorted, first to last; also by what is no column. */
export function SortDialog({ sort, onChange, onClose }: SortDialogProps) {
  const mayReadMetadata = useMay('users:read-metadata')
  const show = (next: readonly SortKey[]) => onChange({ sort: next.map(sortText).join(',') || undefined })
  const left = [...FIELDS.values()].filter(
    ({ sortBy, name }) =>
      sortBy !== null && !sort.some(({ id }) => id === name) && (mayReadMetadata || !METADATA.has(name)),
  )
  const swap = (at: number) =>
    show(sort.map((key, index) => (index === at ? (sort[at - 1] ?? key) : index === at - 1 ? (sort[at] ?? key) : key)))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Sort"
      actions={
        <>
          <Button onClick={() => show([])} disabled={sort.length === 0}>
            Usual order
          </Button>
          <Button look="main" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      {sort.length === 0 && <p>The best match comes first where there is a search, else whoever was created first.</p>}
      <ol className={css.list}>
        {sort.map((key, at) => {
          const label = FIELDS.get(key.id)?.label ?? key.id
          return (
            <li key={key.id} className={css.line}>
              <span className={css.grow}>
                {at + 1}. {label}
              </span>
              <Button onClick={() => show(sort.map((one) => (one === key ? { ...key, desc: !key.desc } : one)))}>
                {key.desc ? 'Descending' : 'Ascending'}
              </Button>
              <IconButton label={`Sort by ${label} earlier`} disabled={at === 0} onClick={() => swap(at)}>
                <ArrowUp aria-hidden />
              </IconButton>
              <IconButton label={`Do not sort by ${label}`} onClick={() => show(sort.filter((one) => one !== key))}>
                <X aria-hidden />
              </IconButton>
            </li>
          )
        })}
      </ol>
      {sort.length < SORT_MAX && (
        <SelectField
          label={sort.length === 0 ? 'Sort by' : 'Then by'}
          value=""
          options={[{ value: '', label: 'Choose a field' }, ...left.map(({ name, label }) => ({ value: name, label }))]}
          onChange={({ target }) => target.value !== '' && show([...sort, { id: target.value, desc: false }])}
        />
      )}
    </Dialog>
  )
}
