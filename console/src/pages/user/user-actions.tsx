import { Ban, CircleCheck, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { User } from '@rollcall/sdk'
import { useMay } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import { notify } from '../../widgets/notices.tsx'
import { AgainDialog, type Meanwhile } from './changed-meanwhile.tsx'
import { StatusDialog } from './status-dialog.tsx'
import { useRemoval, useRestoration } from './user-query.ts'

/** What can be done with a user besides editing: suspend, activate, delete, restore. */
export function UserActions({ user }: { readonly user: User }) {
  const mayWrite = useMay('users:write')
  const [asking, setAsking] = useState<'suspended' | 'active' | null>(null)
  const [again, setAgain] = useState<(Meanwhile & { readonly verb: 'Delete' | 'Restore' }) | null>(null)
  const settle = () => setAgain(null)
  const removal = useRemoval((seen, now) => {
    setAgain(now.status === 'deleted' ? null : { verb: 'Delete', seen, now })
    if (now.status === 'deleted') notify(`Somebody else deleted ${now.fullName} meanwhile.`)
  })
  const restoration = useRestoration((seen, now) => {
    setAgain(now.status === 'deleted' ? { verb: 'Restore', seen, now } : null)
    if (now.status !== 'deleted') notify(`Somebody else restored ${now.fullName} meanwhile: it is ${now.status} now.`)
  })
  const remove = (shown: User) => removal.mutate(shown, { onSuccess: settle })
  const restore = (shown: User) => restoration.mutate(shown, { onSuccess: settle })
  if (!mayWrite) return null
  const isDeleted = user.status === 'deleted'
  return (
    <>
      {isDeleted ? (
        <Button
          icon={<Undo2 aria-hidden />}
          aria-busy={restoration.isPending}
          disabled={restoration.isPending}
          onClick={() => restore(user)}
        >
          Restore
        </Button>
      ) : (
        <>
          {user.status === 'active' ? (
            <Button icon={<Ban aria-hidden />} onClick={() => setAsking('suspended')}>
              Suspend
            </Button>
          ) : (
            <Button icon={<CircleCheck aria-hidden />} onClick={() => setAsking('active')}>
              Activate
            </Button>
          )}
          <Button
            icon={<Trash2 aria-hidden />}
            aria-busy={removal.isPending}
            disabled={removal.isPending}
            onClick={() => remove(user)}
          >
            Delete
          </Button>
        </>
      )}
      {!isDeleted && asking !== null && <StatusDialog user={user} status={asking} onClose={() => setAsking(null)} />}
      {again !== null && (
        <AgainDialog
          {...again}
          isPending={removal.isPending || restoration.isPending}
          onAgain={() => (again.verb === 'Delete' ? remove : restore)(again.now)}
          onClose={settle}
        />
      )}
    </>
  )
}
