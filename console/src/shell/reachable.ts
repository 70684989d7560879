import { answers, hasStatus } from '../directory/client.ts'
import { openShared, useShared } from '../shared-value.ts'
import { freshFailure } from './fresh-failure.ts'

/** Whether the server can be asked: the browser has no network, or the last thing it was asked went unanswered. */
export type Reach = 'reached' | 'offline' | 'unanswered'

const AGAIN_MS = 2500
let unanswered = false
let timer: ReturnType<typeof setTimeout> | undefined
const reach = openShared(reachNow())

function reachNow(): Reach {
  return !navigator.onLine ? 'offline' : unanswered ? 'unanswered' : 'reached'
}

const tell = () => reach.set(reachNow())

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
    if (hasStatus(error, 0)) setUnanswered(true)
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
  return useShared(reach)
}
