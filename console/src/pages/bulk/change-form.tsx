import { useState } from 'react'
import type { Status } from '@rollcall/sdk'
import { useDraft } from '../../widgets/drafts.tsx'
import { Checkbox, SelectField, TextField } from '../../widgets/field.tsx'
import { CustomerPicker } from '../../widgets/customer-picker.tsx'
import { STATUSES } from '../../directory/user-fields.ts'
import css from './bulk.module.css'
import type { Change } from './change.ts'

interface ChangeFormProps {
  readonly kind: Change['kind']
  /** Called with what is wanted; null while that is not known. */
  readonly onChange: (change: Change | null) => void
}

/** What is to be done to each of the users. */
export function ChangeForm({ kind, onChange }: ChangeFormProps) {
  switch (kind) {
    case 'status':
      return <StatusForm onChange={onChange} />
    case 'customer':
      return <CustomerForm onChange={onChange} />
    case 'role':
      return <RoleForm onChange={onChange} />
    case 'tags':
      return <TagsForm onChange={onChange} />
    case 'delete':
      return <p>{DELETES}</p>
    case 'restore':
      return <p>{RESTORES}</p>
  }
}

type FormProps = Pick<ChangeFormProps, 'onChange'>

const NEW_STATUSES = STATUSES.filter((status): status is Exclude<Status, 'deleted'> => status !== 'deleted')

function StatusForm({ onChange }: FormProps) {
  const [status, setStatus] = useState('')
  const [reason, setReason] = useState('')
  useDraft(reason)
  const tell = (value: string, why: string) => {
    setStatus(value)
    setReason(why)
    const chosen = NEW_STATUSES.find((one) => one === value)
    onChange(chosen === undefined ? null : { kind: 'status', status: chosen, reason: why.trim() })
  }
  return (
    <div className={css.form}>
      <SelectField
        label="New status"
        value={status}
        onChange={(event) => tell(event.target.value, reason)}
        options={[{ value: '', label: 'Choose a status' }, ...NEW_STATUSES.map((value) => ({ value, label: value }))]}
      />
      <TextField
        label="Reason"
        hint="Kept with each user. Left empty, an earlier reason goes."
        value={reason}
        onChange={(event) => tell(status, event.target.value)}
      />
    </div>
  )
}

function CustomerForm({ onChange }: FormProps) {
  const [chosen, setChosen] = useState<number | null>(null)
  const choose = (value: number | 'none') => {
    if (value === 'none') return
    setChosen(value)
    onChange({ kind: 'customer', customerId: value })
  }
  return <CustomerPicker label="New customer" value={chosen} onChoose={choose} />
}

function RoleForm({ onChange }: FormProps) {
  const [role, setRole] = useState('')
  const [isNone, setIsNone] = useState(false)
  useDraft(role)
  const tell = (value: string, none: boolean) => {
    setRole(value)
    setIsNone(none)
    onChange(none || value.trim() !== '' ? { kind: 'role', role: none ? '' : value.trim() } : null)
  }
  return (
    <div className={css.form}>
      <TextField
        label="New role"
        value={role}
        disabled={isNone}
        onChange={(event) => tell(event.target.value, false)}
      />
      <Checkbox label="No role" checked={isNone} onChange={(event) => tell(role, event.target.checked)} />
    </div>
  )
}

function TagsForm({ onChange }: FormProps) {
  const [added, setAdded] = useState('')
  const [removed, setRemoved] = useState('')
  useDraft([added, removed])
  const { tags, fault } = tagsIn(added)
  const tell = (add: string, remove: string) => {
    setAdded(add)
    setRemoved(remove)
    const set = tagsIn(add)
    const names = namesIn(remove)
    const isComplete = set.fault === undefined && Object.keys(set.tags).length + names.length > 0
    onChange(
      isComplete
        ? { kind: 'tags', set: set.tags, remove: names.filter((name) => !Object.hasOwn(set.tags, name)) }
        : null,
    )
  }
  const count = Object.keys(tags).length
  return (
    <div className={css.form}>
      <TextField
        label="Tags to set"
        hint={
          fault === undefined && count > 0
            ? Object.entries(tags)
                .map(([name, value]) => `${name} is “${value}”`)
                .join(', ')
            : 'Such as team=red, floor=3. Other tags stay.'
        }
        fault={fault}
        value={added}
        onChange={(event) => tell(event.target.value, removed)}
      />
      <TextField
        label="Tags to remove"
        hint="Names with commas between: team, floor."
        value={removed}
        onChange={(event) => tell(added, event.target.value)}
      />
    </div>
  )
}

function namesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function tagsIn(text: string): { readonly tags: Readonly<Record<string, string>>; readonly fault?: string } {
  const pairs = namesIn(text).map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim(), pair] as const
  })
  const wrong = pairs.find(([name]) => name === '')
  if (wrong !== undefined)
    return { tags: {}, fault: `“${wrong[2]}” is no tag: it needs a name and a value, such as team=red.` }
  return { tags: Object.fromEntries(pairs.map(([name, value]) => [name, value])) }
}

const DELETES =
  'They leave every list, and their identifiers and e-mail addresses are free again. Their history stays, and they can be restored.'
const RESTORES =
  'They get back the status they had. One whose identifier or e-mail address somebody else has by now is refused.'
