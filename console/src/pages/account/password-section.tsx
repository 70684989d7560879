import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answers, directory } from '../../directory/client.ts'
import { useMe } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { Form } from '../../widgets/form.tsx'
import { notify } from '../../widgets/notices.tsx'
import { Section } from '../../widgets/page.tsx'
import { PasswordField } from '../../widgets/password-field.tsx'
import css from './account.module.css'

/** Another password for oneself; other sessions end with the old one. */
export function PasswordSection() {
  const me = useMe()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => directory.session.changePassword({ current, new: next }),
    meta: { ownsRefusal: true },
    onSuccess: () => {
      setCurrent('')
      setNext('')
      notify('Your password is changed. Your other sessions are ended.')
      void answers.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  const faults = faultsOf(change.error, ['current', 'new', 'password'])
  const submit = () => {
    if (!change.isPending) change.mutate()
  }
  return (
    <Section title="Password" lead="All your other sessions end when you change it.">
      <Form
        onSubmit={submit}
        fault={faults.rest}
        className={css.form}
        aria-label="Change password"
        actions={
          <Button look="main" type="submit" aria-busy={change.isPending}>
            Change password
          </Button>
        }
      >
        {/* For password managers, which otherwise do not know whose password it is. */}
        <input type="text" autoComplete="username" value={me?.user.identifier ?? ''} readOnly hidden />
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          required
          value={current}
          fault={faults.of('current')}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          required
          hint="At least 8 characters; long is better than odd."
          known={[me?.user.identifier ?? '', me?.user.fullName ?? '']}
          value={next}
          fault={faults.of('new') ?? faults.of('password')}
          onChange={(event) => setNext(event.target.value)}
        />
      </Form>
    </Section>
  )
}
