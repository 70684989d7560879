import type { User } from '@rollcall/sdk'
import { useUserNames } from '../../directory/user-names.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import { Moment } from '../../widgets/moment.tsx'
import { differences } from './profile/conflict.ts'
import css from './profile/conflict.module.css'

/** A user that was no longer what was shown when something was to be done with it: nothing was done then. */
export interface Meanwhile {
  readonly seen: User
  readonly now: User
}

/** Both versions of a user that somebody else has changed: what was shown, and what it is now, where they differ. */
export function ChangedMeanwhile({ seen, now }: Meanwhile) {
  const lines = differences(seen, now)
  const author = useUserNames(now.updatedBy == null ? [] : [now.updatedBy]).get(now.updatedBy ?? '')
  return (
    <>
      <p role="alert">
        <bdi>{author ?? 'Somebody else'}</bdi> changed this user <Moment at={now.updatedAt} />, after you had it before
        you. Nothing was done to it yet.
        {lines.length === 0 && ' All of its fields are again as you saw them.'}
      </p>
      {lines.length > 0 && (
        <table className={css.conflict}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">What you saw</th>
              <th scope="col">What it is now</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ field, before, after }) => (
              <tr key={field.name}>
                <th scope="row">{field.label}</th>
                <td dir="auto">{before || '–'}</td>
                <td dir="auto">{after || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

interface AgainDialogProps extends Meanwhile {
  /** What was not done: the name of the button that does it all the same. */
  readonly verb: string
  readonly isPending: boolean
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** Shows both versions where something was not done because the user had been changed, and asks how to go on. */
export function AgainDialog({ seen, now, verb, isPending, onAgain, onClose }: AgainDialogProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${verb} ${now.fullName}`}
      width="wide"
      actions={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button look="main" aria-busy={isPending} disabled={isPending} onClick={onAgain}>
            {verb} all the same
          </Button>
        </>
      }
    >
      <ChangedMeanwhile seen={seen} now={now} />
    </Dialog>
  )
}
