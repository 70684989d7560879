import { memo, type ReactNode } from 'react'
import { CustomerPicker } from '../../../widgets/customer-picker.tsx'
import { Field, SelectField, TextArea, TextField } from '../../../widgets/field.tsx'
import type { ProfileField } from './profile-fields.ts'

interface ProfileInputProps {
  readonly field: ProfileField
  readonly text: string
  readonly fault: string | undefined
  readonly onChange: (text: string) => void
}

/** One field of the form, as its values have it. */
export const ProfileInput = memo(
  function ProfileInput({
    field: { label, name, shape, hint, values = [] },
    text,
    fault,
    onChange,
  }: ProfileInputProps) {
    const about: { readonly label: string; readonly hint?: ReactNode; readonly fault: string | undefined } = {
      label,
      fault,
      ...(hint === undefined ? {} : { hint }),
    }
    switch (shape) {
      case 'long':
      case 'lines':
      case 'entries':
      case 'json':
        return (
          <TextArea
            {...about}
            rows={shape === 'json' ? 4 : 2}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        )
      case 'word':
        return (
          <SelectField
            {...about}
            value={text}
            options={values.map((value) => ({ value, label: value }))}
            onChange={({ target }) => onChange(target.value)}
          />
        )
      case 'customer':
        return <CustomerPicker {...about} value={Number(text)} onChoose={(value) => onChange(String(value))} />
      case 'moment':
        return (
          <Field {...about}>
            {(control) => (
              <input
                {...control}
                type="datetime-local"
                step={1}
                value={text.replace(/(?:\.\d+)?Z$/, '')}
                onChange={({ target }) => onChange(target.value === '' ? '' : `${target.value}Z`)}
              />
            )}
          </Field>
        )
      default:
        return (
          <TextField
            {...about}
            name={name}
            autoComplete="off"
            inputMode={shape === 'integer' ? 'numeric' : name === 'email' ? 'email' : 'text'}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        )
    }
  },
  // What it does when typed into is always the same.
  (a, b) => a.text === b.text && a.fault === b.fault && a.field === b.field,
)
