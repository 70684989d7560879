import type { User } from '@rollcall/sdk'
import { useUserNames } from '../../../directory/user-names.ts'
import { Button } from '../../../widgets/button.tsx'
import { CopyButton } from '../../../widgets/copy-button.tsx'
import { Dialog } from '../../../widgets/dialog.tsx'
import { Moment } from '../../../widgets/moment.tsx'
import { differences } from './conflict.ts'
import { PROFILE_FIELDS } from './profile-fields.ts'
import type { Texts } from './profile-texts.ts'
import css from './conflict.module.css'

interface DeletedDialogProps {
  /** The user as it was when editing began. */
  readonly base: User
  /** The form as it is now. */
  readonly mine: Texts
  /** The names of the fields that were changed in it. */
  readonly names: readonly string[]
  /** The user as it was deleted. */
  readonly deleted: User
  readonly isPending: boolean
  /** Why it could not be restored. */
  readonly fault: Error | null
  readonly onRestore: () => void
  readonly onClose: () => void
}

/** Says that a user was deleted while it was edited: what was typed can be saved into it again, or be taken elsewhere. */
export function DeletedDialog(props: DeletedDialogProps) {
  const { base, mine, names, deleted, isPending, fault, onRestore, onClose } = props
  const author = useUserNames(deleted.updatedBy == null ? [] : [deleted.updatedBy]).get(deleted.updatedBy ?? '')
  const typed = PROFILE_FIELDS.filter(({ name }) => names.includes(name)).map(({ name, label }) => ({
    name,
    label,
    text: mine[name] ?? '',
  }))
  const others = differences(base, deleted).filter(({ field }) => field.name !== 'status')
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Somebody else deleted this user"
      width="wide"
      actions={
        <>
          <Button onClick={onClose}>Back to editing</Button>
          <CopyButton
            label="Copy what you typed"
            text={typed.map(({ label, text }) => `${label}: ${text}`).join('\n')}
          />
          <Button look="main" aria-busy={isPending} disabled={isPending} onClick={onRestore}>
            Restore and save
          </Button>
        </>
      }
    >
      <p role="alert">
        <bdi>{author ?? 'Somebody else'}</bdi> deleted it <Moment at={deleted.updatedAt} />. What you typed is not
        saved, and is kept here.
        {others.length > 0 && ' It was changed before, too: you are shown both versions once it is restored.'}
      </p>
      {fault !== null && (
        <p role="alert" className={css.fault}>
          Not restored. {fault.message}
        </p>
      )}
      <table className={css.conflict}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">What you typed</th>
          </tr>
        </thead>
        <tbody>
          {typed.map(({ name, label, text }) => (
            <tr key={name}>
              <th scope="row">{label}</th>
              <td dir="auto">{text || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
