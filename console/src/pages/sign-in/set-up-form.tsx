import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { answers, directory } from '../../directory/client.ts'
import { meQuery } from '../../directory/me.ts'
import { signedIn } from '../../shell/signed-out.ts'
import { Button } from '../../widgets/button.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { TextField } from '../../widgets/field.tsx'
import { Form } from '../../widgets/form.tsx'
import { notify } from '../../widgets/notices.tsx'
import { PasswordField } from '../../widgets/password-field.tsx'
import css from './entrance.module.css'

interface SetUpFormProps {
  readonly secret: string
  readonly onRefused: (error: Error) => void
}

/** Who the first administrator is. */
export function SetUpForm({ secret, onRefused }: SetUpFormProps) {
  const router = useRouter()
  const [draft, setDraft] = useState({ identifier: '', givenName: '', familyName: '', email: '' })
  const [password, setPassword] = useState('')
  const setUp = useMutation({
    mutationFn: () => {
      const said = Object.entries(draft).map(([name, value]) => [name, value.trim()] as const)
      const user = Object.fromEntries(said.filter(([, value]) => value !== ''))
      return directory.session.setUp({ secret, user, password })
    },
    meta: { ownsRefusal: true },
    onSuccess: (me) => {
      answers.setQueryData(meQuery.queryKey, me)
      answers.removeQueries({ queryKey: ['setup'] })
      signedIn()
      notify(`Welcome, ${me.user.fullName}. Rollcall is set up.`)
      void router.navigate({ to: '/users', replace: true })
    },
    onError: onRefused,
  })
  const faults = faultsOf(setUp.error, ['identifier', 'givenName', 'familyName', 'email', 'password'])
  const text = (name: keyof typeof draft) => ({
    value: draft[name],
    fault: faults.of(name),
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  })
  const submit = () => {
    if (!setUp.isPending) setUp.mutate()
  }
  return (
    <Form
      onSubmit={submit}
      fault={faults.rest}
      aria-label="First administrator"
      actions={
        <Button look="main" type="submit" aria-busy={setUp.isPending}>
          {setUp.isPending ? 'Setting up…' : 'Set up and open the console'}
        </Button>
      }
    >
      <TextField
        label="Identifier"
        hint="What you sign in with: a short name, or your e-mail address."
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        {...text('identifier')}
      />
      <div className={css.pair}>
        <TextField label="Given name" name="given-name" autoComplete="given-name" {...text('givenName')} />
        <TextField label="Family name" name="family-name" autoComplete="family-name" {...text('familyName')} />
      </div>
      <TextField label="E-mail" name="email" type="email" autoComplete="email" {...text('email')} />
      <PasswordField
        label="Password"
        name="new-password"
        autoComplete="new-password"
        required
        hint="At least 8 characters. A few words that do not belong together are hard to guess."
        known={Object.values(draft)}
        fault={faults.of('password')}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
    </Form>
  )
}
