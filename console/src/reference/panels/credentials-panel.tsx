import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../widgets/button.tsx'
import { Checkbox, Field, SelectField } from '../../widgets/field.tsx'
import type { DialectDocument, Operation } from '../document/document.ts'
import { Link } from '../shell/link.tsx'
import { changeVisitor, useVisitor, type Visitor } from '../visitor.ts'
import { tokenOperations } from './how-to-authorise.tsx'
import css from './panels.module.css'

interface CredentialsProps {
  readonly operation: Operation
  readonly document: DialectDocument
}

const SCHEMES: readonly { readonly value: Visitor['scheme']; readonly label: string }[] = [
  { value: 'bearer', label: 'Bearer token' },
  { value: 'bare', label: 'Token alone' },
  { value: 'session', label: 'My console session' },
]

/** Who asks: a token, sent as the dialect wants it, or the session of the console in this browser. */
export function CredentialsPanel({ operation, document }: CredentialsProps) {
  const { scheme, token, isKept } = useVisitor()
  if (operation.permission === null) return <p className={css.note}>This operation needs no token.</p>
  const known = SCHEMES.filter(({ value }) => value !== 'bare' || document.takesBareTokens)
  return (
    <div className={css.words}>
      <div className={css.pair}>
        <SelectField
          label="Sent as"
          value={known.some(({ value }) => value === scheme) ? scheme : 'bearer'}
          options={known}
          onChange={({ target }) =>
            changeVisitor({ scheme: known.find(({ value }) => value === target.value)?.value ?? 'bearer' })
          }
        />
        {scheme !== 'session' && <TokenField token={token} />}
      </div>
      {scheme === 'session' ? (
        <p className={css.note}>
          What you may do in the <a href="/console">console</a> you may do here, also to change and delete. Code needs a
          token.
        </p>
      ) : (
        <Checkbox
          label="Keep it until this tab is closed"
          checked={isKept}
          onChange={({ target }) => changeVisitor({ isKept: target.checked })}
        />
      )}
      {tokenOperations(document).map(({ dialect, id, method, path }) => (
        <p key={id} className={css.note}>
          Signed tokens come from{' '}
          <Link to={{ dialect, operationId: id }}>
            {method} {path}
          </Link>
          .
        </p>
      ))}
    </div>
  )
}

function TokenField({ token }: { readonly token: string }) {
  const [isShown, setIsShown] = useState(false)
  return (
    <Field label="Token">
      {(control) => (
        <div className={css.line}>
          <input
            {...control}
            type={isShown ? 'text' : 'password'}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="rc_…"
            value={token}
            onChange={({ target }) => changeVisitor({ token: target.value.trim() })}
          />
          <IconButton label={isShown ? 'Hide the token' : 'Show the token'} onClick={() => setIsShown(!isShown)}>
            {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </IconButton>
        </div>
      )}
    </Field>
  )
}
