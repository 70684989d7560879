import { Checkbox, Field, SelectField, TextArea, TextField } from '../../../widgets/field.tsx'
import { UserPicker } from '../../../widgets/user-picker.tsx'
import { FIELDS, kindOf, namesUser } from '../../../directory/user-fields.ts'
import { useUserNames } from '../../../directory/user-names.ts'
import { fieldOf, type FilterDraft } from './filter-draft.ts'
import css from '../list-dialog.module.css'
import { useCustomers } from '../../../customers/customers.ts'

interface FilterValueFieldProps {
  readonly draft: FilterDraft
  readonly fault: string | undefined
  readonly onChange: (values: readonly string[]) => void
}

/** How many customers a list to choose from can hold before typing a number is the quicker way. */
const CUSTOMERS_MAX = 500

/** The value of a question, as its field has it: words to tick, a day, a number, a customer, or a text. */
export function FilterValueField({ draft, fault, onChange }: FilterValueFieldProps) {
  const { customers } = useCustomers()
  const { operator, values } = draft
  const { name } = fieldOf(draft)
  const [value = ''] = values
  if (operator === 'present' || operator === 'absent') return null
  const kind = kindOf(name)
  if (kind === 'word') return <Words draft={draft} fault={fault} onChange={onChange} />
  if (kind === 'instant') {
    return (
      <Field label="Day and time (UTC)" fault={fault}>
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            step={60}
            value={value.replace(/(?::00(?:\.000)?)?Z$/, '')}
            onChange={({ target }) => onChange(target.value === '' ? [] : [`${target.value}Z`])}
          />
        )}
      </Field>
    )
  }
  if (name === 'customerId' && customers.length > 0 && customers.length <= CUSTOMERS_MAX && values.length < 2) {
    const options = customers.map((one) => ({ value: String(one.id), label: `${one.name} (${one.id})` }))
    return (
      <SelectField
        label="Customer"
        value={value}
        fault={fault}
        options={[{ value: '', label: 'Choose a customer' }, ...options]}
        onChange={({ target }) => onChange([target.value])}
      />
    )
  }
  if (namesUser(name) && values.length < 2) return <UserField id={value} fault={fault} onChange={onChange} />
  if (operator === 'in') {
    return (
      <TextArea
        label="Values"
        rows={2}
        hint="One per line; any of them may be it."
        fault={fault}
        value={values.join('\n')}
        onChange={({ target }) => onChange(target.value.split('\n'))}
      />
    )
  }
  return (
    <TextField
      label="Value"
      inputMode={kind === 'integer' ? 'numeric' : 'text'}
      fault={fault}
      value={value}
      onChange={({ target }) => onChange([target.value])}
    />
  )
}

type UserFieldProps = Omit<FilterValueFieldProps, 'draft'> & { readonly id: string }

function UserField({ id, fault, onChange }: UserFieldProps) {
  const name = useUserNames(id === '' ? [] : [id]).get(id)
  const user = id === '' ? null : { id, fullName: name ?? id, identifier: id, email: null }
  return <UserPicker label="User" user={user} fault={fault} onChoose={(chosen) => onChange([chosen.id])} />
}

function Words({ draft: { field, values, operator }, fault, onChange }: FilterValueFieldProps) {
  const words = FIELDS.get(field)?.values ?? []
  if (operator !== 'in') {
    const options = [{ value: '', label: 'Choose one' }, ...words.map((word) => ({ value: word, label: word }))]
    return (
      <SelectField
        label="Value"
        fault={fault}
        value={values[0] ?? ''}
        options={options}
        onChange={({ target }) => onChange([target.value])}
      />
    )
  }
  return (
    <fieldset
      className={css.words}
      data-faulty={fault !== undefined || undefined}
      aria-describedby={fault === undefined ? undefined : 'filter-words-fault'}
    >
      <legend>Any of</legend>
      {words.map((word) => (
        <Checkbox
          key={word}
          label={word}
          checked={values.includes(word)}
          onChange={({ target }) =>
            onChange(words.filter((one) => (one === word ? target.checked : values.includes(one))))
          }
        />
      ))}
      {fault !== undefined && (
        <p id="filter-words-fault" role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  )
}
