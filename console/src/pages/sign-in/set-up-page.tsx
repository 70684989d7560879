import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { directory, hasStatus } from '../../directory/client.ts'
import { Button } from '../../widgets/button.tsx'
import { Skeleton } from '../../widgets/states.tsx'
import { Entrance } from './entrance.tsx'
import { SetUpForm } from './set-up-form.tsx'

/**
 * The first run: whoever has the link that the server printed becomes the first administrator. Afterwards the way back in
 * for whoever is locked out, with a link of `rollcall setup-link`.
 */
export function SetUpPage() {
  const [secret] = useState(() => location.hash.slice(1))
  useEffect(() => {
    // The secret is not to stay in the address bar, the history, or a picture of the screen.
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => directory.session.isSetUp({ signal }) })
  const [isSpent, setIsSpent] = useState(false)
  const [isWanted, setIsWanted] = useState(false)
  const isSetUp = setup.data?.isSetUp === true

  if (isSpent) return <NoLink isSpent />
  if (isSetUp && !isWanted) return <AlreadySetUp onUse={secret === '' ? null : () => setIsWanted(true)} />
  if (secret === '') return <NoLink isSpent={false} />
  if (setup.isPending) {
    return (
      <Entrance title="Set up Rollcall">
        <Skeleton lines={4} />
      </Entrance>
    )
  }
  const refused = (error: Error) => {
    if (hasStatus(error, 401)) setIsSpent(true)
  }
  return (
    <Entrance
      title="Set up Rollcall"
      lead={`You become ${isSetUp ? 'an' : 'the first'} administrator: you may do everything, and let others in.`}
    >
      <SetUpForm secret={secret} onRefused={refused} />
    </Entrance>
  )
}

function AlreadySetUp({ onUse }: { readonly onUse: (() => void) | null }) {
  return (
    <Entrance title="Rollcall is set up already" lead="Somebody can sign in with a password here.">
      <p>
        <Link to="/sign-in">Sign in</Link>, or ask an administrator to let you in.
      </p>
      {onUse !== null && (
        <>
          <p>
            If nobody can get in any longer, a new link of <code>rollcall setup-link</code> makes you an administrator.
          </p>
          <Button onClick={onUse}>Use this link</Button>
        </>
      )}
    </Entrance>
  )
}

function NoLink({ isSpent }: { readonly isSpent: boolean }) {
  return (
    <Entrance
      title={isSpent ? 'This link is no longer good' : 'This link is not whole'}
      lead={
        isSpent
          ? 'A set-up link works once and for 30 minutes. This one was used, or its time is over.'
          : 'The part after # is missing. Copy the whole link that the server has printed.'
      }
    >
      <p>
        Where the server runs, <code>rollcall setup-link</code> makes another one.
      </p>
      <p>
        Or <Link to="/sign-in">sign in</Link>, also with a token.
      </p>
    </Entrance>
  )
}
