import { useEffect, type ReactNode } from 'react'
import { RollcallFault } from '@rollcall/sdk'
import { errorText } from '../text/error-text.ts'
import { announce, takeBack } from './announcer.tsx'
import { Button } from './button.tsx'
import css from './states.module.css'

// What is there sooner is better heard itself.
const LONG_MS = 1000

/** Grey lines where something is about to stand; screen readers are told where it takes long. */
export function Skeleton({ lines = 3, label = 'Loading' }: { readonly lines?: number; readonly label?: string }) {
  useEffect(() => {
    const timer = setTimeout(() => announce(label), LONG_MS)
    return () => {
      clearTimeout(timer)
      takeBack(label)
    }
  }, [label])
  return (
    <div role="status" aria-label={label} aria-busy className={css.skeleton}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={css.line} />
      ))}
    </div>
  )
}

interface EmptyProps {
  readonly title: string
  readonly children?: ReactNode
  /** The next step, usually a button. */
  readonly action?: ReactNode
}

/** Nothing is here, and what to do about it. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className={css.state}>
      <h2>{title}</h2>
      {children}
      {action}
    </div>
  )
}

/** What went wrong, why, the request id to ask with, and a way to try again. */
export function Fault({ error, onRetry }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }) {
  const fault = error instanceof RollcallFault ? error : undefined
  return (
    <div role="alert" className={css.state}>
      <h2>{fault?.problem.title ?? 'Something went wrong'}</h2>
      <p>{errorText(error)}</p>
      {fault?.requestId != null && (
        <p className={css.request}>
          Request <code>{fault.requestId}</code>
        </p>
      )}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  )
}
