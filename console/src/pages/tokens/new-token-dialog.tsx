import { useRef, useState } from 'react'
import type { Token } from '@rollcall/sdk'
import { Button } from '../../widgets/button.tsx'
import { CopyButton } from '../../widgets/copy-button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { LeaveGuard } from '../../work/leave-guard.tsx'
import { NewTokenForm } from './new-token-form.tsx'
import css from './tokens.module.css'

type Issued = Token & { readonly secret: string }

/** Issues a token, and then shows its secret for the only time. */
export function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const [issued, setIssued] = useState<Issued | null>(null)
  return issued === null ? (
    <NewTokenForm onClose={onClose} onIssued={setIssued} />
  ) : (
    <SecretDialog issued={issued} onClose={onClose} />
  )
}

function SecretDialog({ issued, onClose }: { readonly issued: Issued; readonly onClose: () => void }) {
  const isKept = useRef(false)
  const keep = () => {
    isKept.current = true
    onClose()
  }
  const example = `curl --header "Authorization: Bearer $TOKEN" ${location.origin}/v1/me`
  const actions = (
    <>
      <CopyButton text={issued.secret} label="Copy the token" />
      <Button look="main" onClick={keep}>
        I have kept it
      </Button>
    </>
  )
  return (
    // Escape or a click beside it must not throw the secret away.
    <Dialog isOpen isFirm onClose={onClose} title={`${issued.name} is issued`} actions={actions}>
      <p>
        Copy the token now and keep it where secrets are kept: it is shown this once, and Rollcall does not know it
        afterwards.
      </p>
      <p className={css.secret}>
        <code aria-label="The token">{issued.secret}</code>
      </p>
      <p>To try it, with the token in the variable TOKEN:</p>
      <pre className={css.example} tabIndex={0} aria-label="Example">
        <code>{example}</code>
      </pre>
      <LeaveGuard isNeeded={() => !isKept.current} title="Leave before the token is kept?">
        <p>It is shown nowhere else. If it is not copied yet, stay and copy it; otherwise it has to be issued anew.</p>
      </LeaveGuard>
    </Dialog>
  )
}
