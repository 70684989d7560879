import { answers, hasStatus } from '../directory/client.ts'
import { openShared, useShared } from '../shared-value.ts'
import { freshFailure } from './fresh-failure.ts'

const isSignedOut = openShared(false)

/**
 * Any answer 401 ends the session on this page: the page stays as it is, and a dialog asks to sign in again. Mutations
 * with `meta: { ownsRefusal: true }` ask for a password themselves, and their 401 is about that.
 */
export function watchForSignOut(): void {
  const look = (error: unknown) => {
    if (hasStatus(error, 401)) isSignedOut.set(true)
  }
  answers.getQueryCache().subscribe((event) => look(freshFailure(event)))
  answers.getMutationCache().subscribe((event) => {
    if (event.mutation?.meta?.['ownsRefusal'] !== true) look(freshFailure(event))
  })
}

/** To be called after signing in again. */
export function signedIn(): void {
  isSignedOut.set(false)
  void answers.invalidateQueries()
}

/** Whether the session has ended since the page was opened. */
export function useSignedOut(): boolean {
  return useShared(isSignedOut)
}
