import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { User } from '@rollcall/sdk'
import { directory, hasStatus } from '../../../directory/client.ts'
import { countText } from '../../../text/count.ts'
import { announce } from '../../../widgets/announcer.tsx'
import { Button } from '../../../widgets/button.tsx'
import { CancelButton, DraftsAround, useDrafts } from '../../../widgets/drafts.tsx'
import { faultsOf } from '../../../widgets/faults.ts'
import { Form } from '../../../widgets/form.tsx'
import { notify } from '../../../widgets/notices.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { PROFILE, PROFILE_FIELDS } from './profile-fields.ts'
import { changesOf, textsOf, type Texts } from './profile-texts.ts'
import { ProfileInput } from './profile-input.tsx'
import css from '../user.module.css'
import { leavesUser } from '../leaves-user.ts'
import { keepUser } from '../user-query.ts'

interface ProfileFormProps {
  readonly user: User
  readonly onDone: () => void
}

const NAMES = PROFILE_FIELDS.map(({ name }) => name)

/** Changes a user. Only what was changed is sent, with the revision it was read at: nobody's change is lost unseen. */
export function ProfileForm({ user, onDone }: ProfileFormProps) {
  // What was read when editing began stays, whatever is read meanwhile: it is what the changes are changes of.
  const [base, setBase] = useState(user)
  const [texts, setTexts] = useState<Texts>(() => textsOf(user))
  const [theirs, setTheirs] = useState<User | null>(null)
  const { patch, names, faults } = changesOf(base, texts)
  const isDirty = names.length > 0
  const save = useMutation({
    mutationFn: (asked: { readonly patch: typeof patch; readonly revision: number }) =>
      directory.users.update(base.id, asked.patch, asked.revision),
    onSuccess: (saved) => {
      keepUser(saved)
      notify(`${saved.fullName} was saved.`)
      onDone()
    },
    onError: async (error) => {
      if (!hasStatus(error, 412)) {
        announce(`Not saved. ${error.message}`)
        return
      }
      setTheirs(await directory.users.get(base.id, { includeDeleted: true }))
    },
  })
  const isConflict = hasStatus(save.error, 412)
  const refused = faultsOf(isConflict ? null : save.error, NAMES)
  const faultOf = (name: string) => faults[name] ?? refused.of(name)
  const submit = () => {
    if (!isDirty) onDone()
    else if (Object.keys(faults).length === 0) save.mutate({ patch, revision: base.revision })
  }
  const { drafts, question } = useDrafts(onDone, leavesUser)
  const resolve = (next: Texts) => {
    if (theirs === null) return
    const left = changesOf(theirs, next)
    setBase(theirs)
    setTexts(next)
    setTheirs(null)
    if (left.names.length > 0 && Object.keys(left.faults).length === 0) {
      save.mutate({ patch: left.patch, revision: theirs.revision })
    } else if (left.names.length === 0) {
      save.reset()
      keepUser(theirs)
      onDone()
    }
  }

  return (
    <DraftsAround value={drafts}>
      <Form noValidate aria-label="Edit the user" className={css.profile} draft={names} takesFocus onSubmit={submit}>
        {PROFILE.map(({ title, fields }) => (
          <fieldset key={title} className={css.formGroup}>
            <legend>{title}</legend>
            {fields.map((field) => (
              <ProfileInput
                key={field.name}
                field={field}
                text={texts[field.name] ?? ''}
                fault={faultOf(field.name)}
                onChange={(text) => setTexts((before) => ({ ...before, [field.name]: text }))}
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
          <Button look="main" type="submit" aria-busy={save.isPending} disabled={save.isPending}>
            Save
          </Button>
        </footer>
        {theirs !== null && (
          <ConflictDialog
            base={base}
            mine={texts}
            theirs={theirs}
            onResolve={resolve}
            onClose={() => setTheirs(null)}
          />
        )}
        {question}
      </Form>
    </DraftsAround>
  )
}
