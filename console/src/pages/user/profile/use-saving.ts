import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { User, UserDraft } from '@rollcall/sdk'
import { directory, hasStatus } from '../../../directory/client.ts'
import { announce } from '../../../widgets/announcer.tsx'
import { notify } from '../../../widgets/notices.tsx'
import { keepUser, readAgain } from '../user-query.ts'
import { conflictLines } from './conflict.ts'
import { changesOf, textsOf, type Texts } from './profile-texts.ts'

/**
 * What is typed into the form of a user, and how it is saved: only what was changed is sent, with the revision it was read at,
 * so that nobody's change is lost unseen.
 */
export function useSaving(user: User, onDone: () => void) {
  // What was read when editing began stays, whatever is read meanwhile: it is what the changes are changes of.
  const [base, setBase] = useState(user)
  const [texts, setTexts] = useState<Texts>(() => textsOf(user))
  const [theirs, setTheirs] = useState<User | null>(null)
  const [deleted, setDeleted] = useState<User | null>(null)
  const changes = changesOf(base, texts)
  const save = useMutation({
    mutationFn: (asked: { readonly patch: UserDraft; readonly revision: number }) =>
      directory.users.update(base.id, asked.patch, asked.revision),
    onSuccess: (saved) => {
      keepUser(saved)
      notify(`${saved.fullName} was saved.`)
      onDone()
    },
    onError: async (error) => {
      const now = await readAgain(error, base.id)
      if (now === null) announce(`Not saved. ${error.message}`)
      else if (now.status === 'deleted') setDeleted(now)
      else setTheirs(now)
    },
  })
  /** Goes on with a user that was deleted, and is there again. */
  const goOn = (now: User) => {
    setDeleted(null)
    const isApart = conflictLines(base, texts, now).some(({ usual, isBoth }) => usual === 'theirs' || isBoth)
    if (isApart) setTheirs(now)
    else {
      setBase(now)
      save.mutate({ patch: changesOf(now, texts).patch, revision: now.revision })
    }
  }
  const restoration = useMutation({
    mutationFn: (gone: User) => directory.users.restore(gone.id, gone.revision),
    onSuccess: (restored) => {
      keepUser(restored)
      goOn(restored)
    },
    onError: async (error) => {
      const now = await readAgain(error, base.id)
      if (now?.status === 'deleted') setDeleted(now)
      else if (now !== null) goOn(now)
    },
  })

  return {
    base,
    texts,
    changes,
    setText: (name: string, text: string) => setTexts((before) => ({ ...before, [name]: text })),
    isSaving: save.isPending,
    /** Why it was not saved; null where both versions are shown instead. */
    fault: hasStatus(save.error, 412) || deleted !== null ? null : save.error,
    submit: () => {
      if (changes.names.length === 0) onDone()
      else if (Object.keys(changes.faults).length === 0) save.mutate({ patch: changes.patch, revision: base.revision })
    },
    /** What somebody else has saved meanwhile, until it is said which version is kept. */
    theirs,
    leaveTheirs: () => setTheirs(null),
    resolve: (next: Texts) => {
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
    },
    /** The user, where somebody else has deleted it meanwhile. */
    deleted,
    leaveDeleted: () => {
      setDeleted(null)
      restoration.reset()
      save.reset()
    },
    restore: () => {
      if (deleted !== null) restoration.mutate(deleted)
    },
    isRestoring: restoration.isPending || save.isPending,
    restoreFault: restoration.error,
  }
}
