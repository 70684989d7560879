import { Eye, EyeOff } from 'lucide-react'
import { useState, type InputHTMLAttributes, type ReactNode, type Ref } from 'react'
import { IconButton } from './button.tsx'
import { Field } from './field.tsx'
import css from './password-field.module.css'
import { strengthOf } from './password-strength.ts'

type PasswordFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'value'> & {
  readonly label: string
  readonly value: string
  readonly hint?: ReactNode
  readonly fault?: string | undefined
  readonly ref?: Ref<HTMLInputElement>
  /** Where a new password is chosen: shows how hard it is to guess, given what else is known of the person. */
  readonly known?: readonly string[]
}

/** A password that can be pasted, filled in by a password manager, and looked at. */
export function PasswordField({ label, hint, fault, known, value, ...input }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false)
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(control) => (
        <>
          <div className={css.line}>
            <input
              autoCapitalize="none"
              spellCheck={false}
              data-autofocus={input.autoFocus}
              {...input}
              {...control}
              dir="ltr"
              value={value}
              type={isShown ? 'text' : 'password'}
            />
            <IconButton
              label={isShown ? 'Hide the password' : 'Show the password'}
              onClick={() => setIsShown(!isShown)}
            >
              {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            </IconButton>
          </div>
          {known !== undefined && value !== '' && <StrengthMeter password={value} known={known} />}
        </>
      )}
    </Field>
  )
}

const WORDS = ['Very easy to guess', 'Very easy to guess', 'Easy to guess', 'Fair: longer is better', 'Hard to guess']

function StrengthMeter({ password, known }: { readonly password: string; readonly known: readonly string[] }) {
  const strength = strengthOf(password, known)
  return (
    <div className={css.meter}>
      <span aria-hidden className={css.steps}>
        {[1, 2, 3, 4].map((step) => (
          <span key={step} className={`${css.step} ${strength >= step ? (css.reached ?? '') : ''}`} />
        ))}
      </span>
      <span role="status">{WORDS[strength]}</span>
    </div>
  )
}
