import { useState } from 'react'
import type { Me } from '@rollcall/sdk'
import { answers } from '../directory/client.ts'
import { Button } from '../widgets/button.tsx'
import { Dialog } from '../widgets/dialog.tsx'
import { notify } from '../widgets/notices.tsx'
import { meQuery, useMe } from '../directory/me.ts'
import { SignInForm } from './sign-in-form.tsx'
import { signedIn, useSignedOut } from './signed-out.ts'

const nothing = () => undefined

/**
 * Over a page whose session has ended: it stays as it is, with all that was typed, until the same person has signed in
 * again. Where somebody else does, what is shown is not theirs, and the page is loaded anew.
 */
export function SignInAgain() {
  const isSignedOut = useSignedOut()
  const shown = useMe()
  // Whoever was here first: the answers about "me" change with the session.
  const [owner, setOwner] = useState<Me['user'] | null>(null)
  const [stranger, setStranger] = useState<Me['user'] | null>(null)
  if (owner === null && shown !== undefined) setOwner(shown.user)
  const other = stranger ?? (owner !== null && shown !== undefined && shown.user.id !== owner.id ? shown.user : null)

  if (other !== null) return <LoadAnew other={other} />
  const onSignedIn = (me: Me) => {
    if (owner !== null && me.user.id !== owner.id) {
      setStranger(me.user)
      return
    }
    answers.setQueryData(meQuery.queryKey, me)
    signedIn()
    notify('You are signed in again.')
  }
  return (
    <Dialog isOpen={isSignedOut} onClose={nothing} title="You are signed out" isFirm>
      <p>Your session has ended. Sign in again to go on where you are: nothing you typed is lost.</p>
      <SignInForm identifier={owner?.identifier ?? ''} onSignedIn={onSignedIn} />
    </Dialog>
  )
}

function LoadAnew({ other }: { readonly other: Me['user'] }) {
  return (
    <Dialog
      isOpen
      onClose={nothing}
      title="Somebody else is signed in"
      isFirm
      actions={
        <Button look="main" onClick={() => location.reload()}>
          Load the page anew
        </Button>
      }
    >
      <p>
        This browser is now signed in as <strong dir="auto">{other.fullName}</strong>, who may see other things. Copy
        what you still need of what you typed; then the page is loaded anew for them.
      </p>
    </Dialog>
  )
}
