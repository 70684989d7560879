import { CatchBoundary } from '@tanstack/react-router'
import { Suspense, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'
import { Empty } from './states.tsx'

/** What browsers and the build say where a file of the console cannot be had. */
const MISSING = /dynamically imported module|importing a module script|unable to preload css/i

/** Whether an error says that a file of the console could not be loaded, such as after an upgrade of the server. */
export function isMissingPart(error: unknown): boolean {
  return error instanceof Error && MISSING.test(error.message)
}

interface PartProps {
  /** What is shown; another one is tried anew. */
  readonly of: unknown
  readonly fallback?: ReactNode
  /** Where it is a dialog: takes it away. What is no dialog says in its own place that it is missing. */
  readonly onClose?: () => void
  readonly children: ReactNode
}

/** What is loaded only when it is needed. Where it cannot be, the rest of the page stays, with all that was typed. */
export function Part({ of, fallback = null, onClose, children }: PartProps) {
  return (
    <CatchBoundary
      getResetKey={() => of}
      errorComponent={({ error }) => {
        // Anything else is a defect, and the page's to tell.
        if (!isMissingPart(error)) throw error
        return <MissingPart onClose={onClose} />
      }}
    >
      <Suspense fallback={fallback}>{children}</Suspense>
    </CatchBoundary>
  )
}

const TITLE = 'This could not be loaded'

/** Says that a file of the console is missing, and offers to load the console anew. */
export function MissingPart({ onClose }: { readonly onClose?: (() => void) | undefined }) {
  const why = <p>The server was upgraded since this page was opened, or it cannot be reached. Nothing was lost.</p>
  const reload = (
    <Button look="main" onClick={() => location.reload()}>
      Reload
    </Button>
  )
  if (onClose === undefined) {
    return (
      <div role="alert">
        <Empty title={TITLE} action={reload}>
          {why}
        </Empty>
      </div>
    )
  }
  const actions = (
    <>
      <Button onClick={onClose}>Close</Button>
      {reload}
    </>
  )
  return (
    <Modal isOpen onClose={onClose} title={TITLE} actions={actions}>
      {why}
    </Modal>
  )
}
