import type { User } from '@rollcall/sdk'
import { countText } from '../../../text/count.ts'
import { Button } from '../../../widgets/button.tsx'
import { CancelButton, DraftsAround, useDrafts } from '../../../widgets/drafts.tsx'
import { faultsOf } from '../../../widgets/faults.ts'
import { Form } from '../../../widgets/form.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { DeletedDialog } from './deleted-dialog.tsx'
import { PROFILE, PROFILE_FIELDS } from './profile-fields.ts'
import { ProfileInput } from './profile-input.tsx'
import parts from '../parts.module.css'
import css from './profile-form.module.css'
import { leavesUser } from '../leaves-user.ts'
import { useSaving } from './use-saving.ts'

interface ProfileFormProps {
  readonly user: User
  readonly onDone: () => void
}

const NAMES = PROFILE_FIELDS.map(({ name }) => name)

/** Changes a user; what somebody else did to it meanwhile is shown beside what was typed. */
export function ProfileForm({ user, onDone }: ProfileFormProps) {
  const saving = useSaving(user, onDone)
  const { base, texts, theirs, deleted } = saving
  const { names, faults } = saving.changes
  const isDirty = names.length > 0
  const refused = faultsOf(saving.fault, NAMES)
  const faultOf = (name: string) => faults[name] ?? refused.of(name)
  const { drafts, question } = useDrafts(onDone, leavesUser)

  return (
    <DraftsAround value={drafts}>
      <Form
        noValidate
        aria-label="Edit the user"
        className={parts.parts}
        draft={names}
        takesFocus
        onSubmit={saving.submit}
      >
        {PROFILE.map(({ title, fields }) => (
          <fieldset key={title} className={css.formGroup}>
            <legend>{title}</legend>
            {fields.map((field) => (
              <ProfileInput
                key={field.name}
                field={field}
                text={texts[field.name] ?? ''}
                fault={faultOf(field.name)}
                onChange={(text) => saving.setText(field.name, text)}
              />
            ))}
          </fieldset>
        ))}
        <footer className={css.formFoot}>
          {refused.rest !== null && (
            <p role="alert" className={css.fault}>
              {refused.rest}
            </p>
          )}
          <span className={css.dirty}>
            {isDirty ? `${countText(names.length, 'change')} not saved` : 'Nothing changed'}
          </span>
          <CancelButton />
          <Button look="main" type="submit" aria-busy={saving.isSaving} disabled={saving.isSaving}>
            Save
          </Button>
        </footer>
        {theirs !== null && (
          <ConflictDialog
            base={base}
            mine={texts}
            theirs={theirs}
            onResolve={saving.resolve}
            onClose={saving.leaveTheirs}
          />
        )}
        {deleted !== null && (
          <DeletedDialog
            base={base}
            mine={texts}
            names={names}
            deleted={deleted}
            isPending={saving.isRestoring}
            fault={saving.restoreFault}
            onRestore={saving.restore}
            onClose={saving.leaveDeleted}
          />
        )}
        {question}
      </Form>
    </DraftsAround>
  )
}
