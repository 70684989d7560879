import { useId, useState } from 'react'
import { useMay } from '../../../directory/me.ts'
import { Button } from '../../../widgets/button.tsx'
import { Dialog } from '../../../widgets/dialog.tsx'
import { CancelButton } from '../../../widgets/drafts.tsx'
import { Checkbox, SelectField, TextField } from '../../../widgets/field.tsx'
import { Form } from '../../../widgets/form.tsx'
import { FIELDS, METADATA } from '../../../directory/user-fields.ts'
import { conditionOf, draftOf, EMPTY_DRAFT, fieldOf, type DraftFault, type FilterDraft } from './filter-draft.ts'
import type { Filter } from './filter.ts'
import { operatorsOf } from './operators.ts'
import { FilterValueField } from './filter-value-field.tsx'

interface FilterDialogProps {
  readonly title: string
  /** The filter to change; undefined for a new one. */
  readonly filter: Filter | undefined
  readonly onSave: (filter: Filter) => void
  readonly onClose: () => void
}

/** One question about one field: the field, what is asked, and a value as the field has it. */
export function FilterDialog({ title, filter, onSave, onClose }: FilterDialogProps) {
  const [draft, setDraft] = useState(() => (filter === undefined ? EMPTY_DRAFT : draftOf(filter)))
  const [fault, setFault] = useState<DraftFault | null>(null)
  const mayReadMetadata = useMay('users:read-metadata')
  const formId = useId()
  const { name, isMap } = fieldOf(draft)
  const operators = operatorsOf(name, isMap || (FIELDS.get(draft.field)?.isNullable ?? true))
  const faultOf = (member: DraftFault['member']) => (fault?.member === member ? fault.fault : undefined)
  const set = (change: Partial<FilterDraft>) => {
    setFault(null)
    setDraft((before) => ({ ...before, ...change }))
  }
  const chooseField = (field: string) => {
    const next = { ...EMPTY_DRAFT, field }
    const [first] = operatorsOf(fieldOf(next).name, FIELDS.get(field)?.isNullable ?? true)
    set({ field, values: [], operator: first?.id ?? 'in' })
  }
  const submit = () => {
    const read = conditionOf(draft)
    if ('fault' in read) setFault(read)
    else onSave(read)
  }
  const fields = [...FIELDS.values()].filter((one) => mayReadMetadata || !METADATA.has(one.name))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      actions={
        <>
          <CancelButton />
          <Button look="main" type="submit" form={formId}>
            {filter === undefined ? 'Add filter' : 'Change filter'}
          </Button>
        </>
      }
    >
      <Form id={formId} draft={draft} onSubmit={submit}>
        <SelectField
          label="Field"
          value={draft.field}
          autoFocus
          options={fields.map((one) => ({ value: one.name, label: one.label }))}
          onChange={({ target }) => chooseField(target.value)}
        />
        {isMap && (
          <TextField
            label={draft.field === 'tags' ? 'Name of the tag' : 'Name of the attribute'}
            value={draft.entry}
            fault={faultOf('entry')}
            onChange={({ target }) => set({ entry: target.value })}
          />
        )}
        <SelectField
          label="Question"
          value={draft.operator}
          options={operators.map(({ id, label }) => ({ value: id, label }))}
          onChange={({ target }) => set({ operator: target.value as FilterDraft['operator'] })}
        />
        <FilterValueField draft={draft} fault={faultOf('values')} onChange={(values) => set({ values })} />
        <Checkbox
          label="Turn it around: all users for whom this is not so"
          checked={draft.isNegated}
          onChange={({ target }) => set({ isNegated: target.checked })}
        />
      </Form>
    </Dialog>
  )
}
