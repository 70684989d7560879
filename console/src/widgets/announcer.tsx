import { openShared, useShared } from '../shared-value.ts'

const said = openShared('')

/** Has screen readers say a sentence when they are done with what they say now: counts, results, what was saved. */
export function announce(sentence: string): void {
  // The same sentence twice is a change only if it differs.
  said.set(sentence === said.now() ? `${sentence}\u00a0` : sentence)
}

/** Takes back a sentence that is no longer true, where it is still the last one. */
export function takeBack(sentence: string): void {
  if (said.now().trimEnd() === sentence) said.set('')
}

/** The one live region of a page; it stands there before anything is said. */
export function Announcer() {
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {useShared(said)}
    </div>
  )
}
