import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'
import css from './field.module.css'

interface Framed {
  readonly label: string
  /** What to know before typing. */
  readonly hint?: ReactNode
  /** What is wrong with what was typed. */
  readonly fault?: string | undefined
}

interface FrameProps extends Framed {
  readonly children: (control: {
    readonly id: string
    readonly className: string
    readonly 'aria-describedby': string | undefined
    readonly 'aria-invalid': true | undefined
  }) => ReactNode
}

/** A control with its label above, a hint below, and what is wrong with it. */
export function Field({ label, hint, fault, children }: FrameProps) {
  const id = useId()
  const hintId = hint === undefined ? '' : `${id}-hint`
  const faultId = fault === undefined ? '' : `${id}-fault`
  const describedBy = [hintId, faultId].filter((one) => one !== '').join(' ')
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      {children({
        id,
        className: css.control ?? '',
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': fault === undefined ? undefined : true,
      })}
      {hint !== undefined && (
        <p id={hintId} className={css.hint}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p id={faultId} className={css.fault}>
          {fault}
        </p>
      )}
    </div>
  )
}

type TextFieldProps = Framed & InputHTMLAttributes<HTMLInputElement> & { readonly ref?: Ref<HTMLInputElement> }

/** A line of text with its label. What is typed may run in either direction. */
export function TextField({ label, hint, fault, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {/* React keeps autoFocus to itself; dialogs look for it in the page. */}
      {(control) => <input dir="auto" data-autofocus={input.autoFocus} {...input} {...control} />}
    </Field>
  )
}

/** Several lines of text with their label. */
export function TextArea({ label, hint, fault, ...area }: Framed & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(control) => <textarea dir="auto" rows={4} {...area} {...control} />}
    </Field>
  )
}

type SelectFieldProps = Framed &
  SelectHTMLAttributes<HTMLSelectElement> & {
    readonly options: readonly { readonly value: string; readonly label: string }[]
  }

/** The browser's own list to choose one of: it works everywhere, also by touch and by voice. */
export function SelectField({ label, hint, fault, options, ...select }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(control) => (
        <select {...select} {...control}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { readonly label: ReactNode }

/** Yes or no; all of its label can be pressed. */
export function Checkbox({ label, className = '', ...input }: CheckboxProps) {
  return (
    <label className={`${css.check} ${className}`}>
      <input type="checkbox" {...input} />
      <span>{label}</span>
    </label>
  )
}
