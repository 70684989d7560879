import { useSyncExternalStore } from 'react'

let said = ''
const listeners = new Set<() => void>()

/** Has screen readers say a sentence when they are done with what they say now: counts, results, what was saved. */
export function announce(sentence: string): void {
  // The same sentence twice is a change only if it differs.
  said = sentence === said ? `${sentence}\u00a0` : sentence
  for (const listener of listeners) listener()
}

/** The one live region of a page; it stands there before anything is said. */
export function Announcer() {
  const sentence = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => said,
  )
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {sentence}
    </div>
  )
}
