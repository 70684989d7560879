import { Pencil } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { User } from '@rollcall/sdk'
import { useMay } from '../../../directory/me.ts'
import { useShortcuts, type ShortcutHelp } from '../../../shell/shortcuts.ts'
import { Button } from '../../../widgets/button.tsx'
import { Profile } from './profile.tsx'
import { ProfileForm } from './profile-form.tsx'

const KEYS: ShortcutHelp = { title: 'Profile', lines: [{ keys: ['e'], does: 'Edit the user' }] }

/** What is known of the user, to be read, and to be changed by who may. */
export function ProfileTab({ user }: { readonly user: User }) {
  const mayWrite = useMay('users:write') && user.status !== 'deleted'
  const [isEditing, setIsEditing] = useState(false)
  const [wasEdited, setWasEdited] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useShortcuts({ e: () => (mayWrite && !isEditing ? setIsEditing(true) : false) }, KEYS)
  // Focus goes back to where editing began.
  useEffect(() => {
    if (wasEdited && !isEditing) button.current?.focus()
  }, [wasEdited, isEditing])
  if (isEditing) {
    return (
      <ProfileForm
        user={user}
        onDone={() => {
          setWasEdited(true)
          setIsEditing(false)
        }}
      />
    )
  }
  return (
    <Profile
      user={user}
      action={
        mayWrite && (
          <Button ref={button} icon={<Pencil aria-hidden />} onClick={() => setIsEditing(true)}>
            Edit
          </Button>
        )
      }
    />
  )
}
