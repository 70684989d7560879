import { useBlocker } from '@tanstack/react-router'
import { Button } from '../../../widgets/button.tsx'
import { Dialog } from '../../../widgets/dialog.tsx'

interface Place {
  readonly pathname: string
  readonly search: Readonly<Record<string, unknown>>
}

/** Asks before what was typed is left: by a link, by going back, by closing the window. */
export function LeaveDialog({ isDirty }: { readonly isDirty: boolean }) {
  const { status, proceed, reset } = useBlocker({
    disabled: !isDirty,
    enableBeforeUnload: isDirty,
    withResolver: true,
    shouldBlockFn: ({ current, next }) => !isSameForm(current as Place, next as Place),
  })
  return (
    <Dialog
      isOpen={status === 'blocked'}
      onClose={() => reset?.()}
      title="Leave without saving?"
      actions={
        <>
          <Button onClick={() => reset?.()}>Keep editing</Button>
          <Button look="danger" onClick={() => proceed?.()}>
            Discard the changes
          </Button>
        </>
      }
    >
      <p>What you changed of this user is not saved yet.</p>
    </Dialog>
  )
}

// The list beside a form may be searched and sorted as one likes.
function isSameForm(here: Place, there: Place): boolean {
  return (
    here.pathname === there.pathname &&
    here.search['user'] === there.search['user'] &&
    here.search['tab'] === there.search['tab']
  )
}
