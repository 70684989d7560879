import type { User } from '@rollcall/sdk'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'

interface ChangedMeanwhileProps {
  /** As it is now. */
  readonly user: User
  /** What was not done: the name of the button that does it all the same. */
  readonly verb: string
}

/** Says that a user is no longer what was shown, and how to go on. */
export function ChangedMeanwhile({ user, verb }: ChangedMeanwhileProps) {
  return (
    <p role="alert">
      Somebody else changed this user meanwhile. It is {user.status} now
      {user.statusReason !== null && (
        <>
          : <q dir="auto">{user.statusReason}</q>
        </>
      )}
      . Press {verb} again to {verb.toLowerCase()} it all the same.
    </p>
  )
}

interface AgainDialogProps extends ChangedMeanwhileProps {
  readonly isPending: boolean
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** Asks once more for what was not done because the user had been changed. */
export function AgainDialog({ user, verb, isPending, onAgain, onClose }: AgainDialogProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${verb} ${user.fullName}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" aria-busy={isPending} disabled={isPending} onClick={onAgain}>
            {verb}
          </Button>
        </>
      }
    >
      <ChangedMeanwhile user={user} verb={verb} />
    </Dialog>
  )
}
