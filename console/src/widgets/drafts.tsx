import { useBlocker } from '@tanstack/react-router'
import { createContext, use, useCallback, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'

interface Drafts {
  readonly tell: (id: string, isTyped: boolean) => void
  /** Leaves what is around the drafts, and asks first where something was typed. */
  readonly leave: (event?: Pick<Event, 'preventDefault'>) => void
}

/** What is around forms and keeps what is typed into them. */
export const DraftsAround = createContext<Drafts | null>(null)

/**
 * Says what is typed to the dialog or form around it. Once it is no longer what it was at first, that is not left without
 * asking. What is typed can be anything that has a JSON text.
 */
export function useDraft(draft: unknown): void {
  const around = use(DraftsAround)
  const id = useId()
  const text = JSON.stringify(draft)
  const [first] = useState(text)
  const isTyped = text !== first
  useEffect(() => {
    around?.tell(id, isTyped)
    return () => around?.tell(id, false)
  }, [around, id, isTyped])
}

/** An address, as far as it says what is shown. */
export interface Place {
  readonly pathname: string
  readonly search: Readonly<Record<string, unknown>>
}

/** Whether one goes away from a form by going from one address to another; `isStep` where it is back or forward in the history. */
type GoesAway = (here: Place, there: Place, isStep: boolean) => boolean

interface Kept {
  readonly drafts: Drafts
  /** The question, to be put within what is around the forms. */
  readonly question: ReactNode
}

/** Keeps what is typed: leaving by a button, by Escape, by an address or by closing the window asks first. */
export function useDrafts(onLeave: () => void, goesAway: GoesAway): Kept {
  const typed = useRef(new Set<string>())
  const [isAsking, setIsAsking] = useState(false)
  const latest = useRef(onLeave)
  useEffect(() => {
    latest.current = onLeave
  })
  const { status, proceed, reset } = useBlocker({
    withResolver: true,
    enableBeforeUnload: () => typed.current.size > 0,
    shouldBlockFn: ({ current, next, action }) =>
      typed.current.size > 0 && goesAway(current as Place, next as Place, action !== 'PUSH' && action !== 'REPLACE'),
  })
  const tell = useCallback((id: string, isTyped: boolean) => {
    if (isTyped) typed.current.add(id)
    else typed.current.delete(id)
  }, [])
  const leave = useCallback((event?: Pick<Event, 'preventDefault'>) => {
    if (typed.current.size === 0) latest.current()
    else {
      event?.preventDefault()
      setIsAsking(true)
    }
  }, [])
  const drafts = useMemo(() => ({ tell, leave }), [tell, leave])
  const isBlocked = status === 'blocked'
  const stay = () => {
    setIsAsking(false)
    reset?.()
  }
  const discard = () => {
    setIsAsking(false)
    if (isBlocked) proceed()
    else onLeave()
  }
  const question = (
    <Modal
      isOpen={isAsking || isBlocked}
      onClose={stay}
      title="Discard what you typed?"
      actions={
        <>
          <Button look="danger" onClick={discard}>
            Discard
          </Button>
          <Button look="main" data-autofocus onClick={stay}>
            Keep editing
          </Button>
        </>
      }
    >
      <p>It is not saved yet.</p>
    </Modal>
  )
  return { drafts, question }
}

/** Leaves the dialog or form it stands in, as Escape does. */
export function CancelButton({ children = 'Cancel' }: { readonly children?: ReactNode }) {
  const around = use(DraftsAround)
  return <Button onClick={around?.leave}>{children}</Button>
}
