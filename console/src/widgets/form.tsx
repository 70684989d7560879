import { useEffect, useRef, useState, type FormHTMLAttributes, type ReactNode, type SubmitEvent } from 'react'
import { useDraft } from './drafts.tsx'
import css from './form.module.css'

type FormProps = Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit'> & {
  readonly onSubmit: () => void
  /** What is typed into it: the dialog or form around it is not left without asking once that has changed. */
  readonly draft?: unknown
  /** What is wrong with no field of it. */
  readonly fault?: string | null
  /** Whether focus goes to its first field at once. */
  readonly takesFocus?: boolean
  /** Its buttons, where they are not those of a dialog. */
  readonly actions?: ReactNode
}

const FAULTY = '[aria-invalid="true"], fieldset[data-faulty] input'

/** A form. When what was sent is refused, by itself or by the server, focus goes to the first field with a fault. */
export function Form(props: FormProps) {
  const { onSubmit, draft, fault = null, takesFocus = false, actions, className = css.form, children, ...form } = props
  const element = useRef<HTMLFormElement>(null)
  const [sent, setSent] = useState(0)
  const answered = useRef(0)
  useDraft(draft)
  useEffect(() => {
    if (takesFocus) element.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
  }, [takesFocus])
  // After each render: nobody knows when the answer comes, and faults may be shown by anything within.
  useEffect(() => {
    if (answered.current === sent) return
    const faulty = element.current?.querySelector<HTMLElement>(FAULTY)
    if (faulty == null && fault === null) return
    answered.current = sent
    faulty?.focus()
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setSent(sent + 1)
    onSubmit()
  }
  // Whoever types on while it is sent is not interrupted by the answer.
  const goOn = () => {
    answered.current = sent
  }
  return (
    <form {...form} ref={element} className={className} onSubmit={submit} onInput={goOn}>
      {children}
      {fault !== null && (
        <p role="alert" className={css.fault}>
          {fault}
        </p>
      )}
      {actions}
    </form>
  )
}
