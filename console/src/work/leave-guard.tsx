import { useBlocker } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from '../widgets/button.tsx'
import { Dialog } from '../widgets/dialog.tsx'

interface LeaveGuardProps {
  /** Whether there is something that leaving the page would end. */
  readonly isNeeded: boolean | (() => boolean)
  readonly title: string
  /** What leaving would do. */
  readonly children: ReactNode
}

/** Asks before the page is left, also when the window is closed. */
export function LeaveGuard({ isNeeded, title, children }: LeaveGuardProps) {
  const isGuarded = () => (typeof isNeeded === 'function' ? isNeeded() : isNeeded)
  const blocker = useBlocker({
    shouldBlockFn: isGuarded,
    enableBeforeUnload: isGuarded,
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
