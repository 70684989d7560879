import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { RollcallFault, type Me } from '@rollcall/sdk'
import { directory, hasStatus } from '../directory/client.ts'
import { Button } from '../widgets/button.tsx'
import { TextField } from '../widgets/field.tsx'
import { Form } from '../widgets/form.tsx'
import { PasswordField } from '../widgets/password-field.tsx'
import { Tabs } from '../widgets/tabs.tsx'
import css from './sign-in-form.module.css'
import { useCountdown } from './countdown.ts'
import { secondsInWords } from './seconds.ts'

interface SignInFormProps {
  /** Filled in where it is known who was here. */
  readonly identifier?: string
  readonly onSignedIn: (me: Me) => void
}

/** Identifier and password, or a token. What was typed stays whatever the answer is. */
export function SignInForm({ identifier: known = '', onSignedIn }: SignInFormProps) {
  const [way, setWay] = useState('password')
  const [identifier, setIdentifier] = useState(known)
  const [password, setPassword] = useState('')
  const [token, setToken] = useState('')
  const countdown = useCountdown()
  const signIn = useMutation({
    mutationFn: () =>
      directory.session.begin(way === 'token' ? { token: token.trim() } : { identifier: identifier.trim(), password }),
    // A refusal here ends no session.
    meta: { ownsRefusal: true },
    onSuccess: onSignedIn,
    onError: (error) => {
      if (error instanceof RollcallFault && error.retryAfterS !== null) countdown.start(error.retryAfterS)
    },
  })
  const choose = (id: string) => {
    setWay(id)
    signIn.reset()
  }
  const submit = () => {
    if (!signIn.isPending && countdown.secondsLeft === 0) signIn.mutate()
  }
  const form = (fields: ReactNode) => (
    <Form onSubmit={submit} aria-label="Sign in">
      {fields}
      <SignInFault error={signIn.error} secondsLeft={countdown.secondsLeft} />
      <Button look="main" type="submit" aria-busy={signIn.isPending} disabled={countdown.secondsLeft > 0}>
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </Form>
  )
  const byPassword = () =>
    form(
      <>
        <TextField
          label="Identifier"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus={known === ''}
          value={identifier}
          onChange={(event) => setIdentifier(event.target.value)}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          autoFocus={known !== ''}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </>,
    )
  const byToken = () =>
    form(
      <PasswordField
        label="Token"
        name="token"
        autoComplete="off"
        required
        placeholder="rc_…"
        hint="The token is exchanged for a session of this browser and is not kept."
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />,
    )
  return (
    <Tabs
      label="How to sign in"
      selected={way}
      onSelect={choose}
      tabs={[
        { id: 'password', title: 'Password', content: byPassword },
        { id: 'token', title: 'Token', content: byToken },
      ]}
    />
  )
}

function SignInFault({ error, secondsLeft }: { readonly error: Error | null; readonly secondsLeft: number }) {
  if (error === null) return null
  const isLimited = hasStatus(error, 429)
  // The seconds are left out of what is said aloud: nobody wants to hear each of them.
  return (
    <div className={css.fault}>
      <p role="alert">{isLimited ? 'Too many attempts.' : error.message}</p>
      {isLimited && (
        <p>{secondsLeft > 0 ? `Try again in ${secondsInWords(secondsLeft)}.` : 'You can try again now.'}</p>
      )}
    </div>
  )
}
