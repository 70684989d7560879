import { useSyncExternalStore } from 'react'
import { RollcallFault } from '@rollcall/sdk'
import { answers } from '../directory/client.ts'
import { freshFailure } from './fresh-failure.ts'

/** Whether the server can be asked: the browser has no network, or the last thing it was asked went unanswered. */
export type Reach = 'reached' | 'offline' | 'unanswered'

const AGAIN_MS = 2500
let unanswered = false
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

const tell = () => {
  for (const listener of listeners) listener()
}

function setUnanswered(next: boolean): void {
  if (next === unanswered) return
  unanswered = next
  if (next) timer = setTimeout(() => void lookAgain(), AGAIN_MS)
  else {
    clearTimeout(timer)
    // What could not be read meanwhile is read now.
    void answers.invalidateQueries()
  }
  tell()
}

/** Asks whether the server is there again, over and over until it is. */
export async function lookAgain(): Promise<void> {
  clearTimeout(timer)
  const isThere = await fetch('/healthz', { cache: 'no-store' }).then(
    (answer) => answer.ok,
    () => false,
  )
  if (isThere) setUnanswered(false)
  else if (unanswered) timer = setTimeout(() => void lookAgain(), AGAIN_MS)
}

/** Watches what the page asks for requests that nothing answers. To be called once. */
export function watchForSilence(): void {
  const look = (error: unknown) => {
    if (error instanceof RollcallFault && error.status === 0) setUnanswered(true)
  }
  answers.getQueryCache().subscribe((event) => look(freshFailure(event)))
  answers.getMutationCache().subscribe((event) => look(freshFailure(event)))
  addEventListener('online', () => {
    tell()
    void lookAgain()
  })
  addEventListener('offline', tell)
}

/** How it stands now. */
export function useReach(): Reach {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => (!navigator.onLine ? 'offline' : unanswered ? 'unanswered' : 'reached'),
  )
}
