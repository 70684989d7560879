import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from '../widgets/button.tsx'
import { Dialog } from '../widgets/dialog.tsx'

interface LeaveGuardProps {
  /** Whether something runs that leaving the page would end. */
  readonly isNeeded: boolean
  readonly title: string
  /** What leaving would do. */
  readonly children: ReactNode
}

/** Asks before the page is left, also when the window is closed. */
export function LeaveGuard({ isNeeded, title, children }: LeaveGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: () => isNeeded,
    enableBeforeUnload: () => isNeeded,
    withResolver: true,
  })
  const isAsking = blocker.status === 'blocked'
  return (
    <Dialog
      isOpen={isAsking}
      onClose={() => blocker.reset?.()}
      title={title}
      actions={
        <>
          <Button look="danger" onClick={() => blocker.proceed?.()}>
            Leave
          </Button>
          <Button look="main" autoFocus onClick={() => blocker.reset?.()}>
            Stay
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
