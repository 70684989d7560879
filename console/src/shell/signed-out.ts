import { useSyncExternalStore } from 'react'
import { RollcallFault } from '@rollcall/sdk'
import { answers } from '../directory/client.ts'
import { freshFailure } from './fresh-failure.ts'

let isSignedOut = false
const listeners = new Set<() => void>()

function set(next: boolean): void {
  if (next === isSignedOut) return
  isSignedOut = next
  for (const listener of listeners) listener()
}

/**
 * Any answer 401 ends the session on this page: the page stays as it is, and a dialog asks to sign in again. Mutations
 * with `meta: { ownsRefusal: true }` ask for a password themselves, and their 401 is about that.
 */
export function watchForSignOut(): void {
  const look = (error: unknown) => {
    if (error instanceof RollcallFault && error.status === 401) set(true)
  }
  answers.getQueryCache().subscribe((event) => look(freshFailure(event)))
  answers.getMutationCache().subscribe((event) => {
    if (event.mutation?.meta?.['ownsRefusal'] !== true) look(freshFailure(event))
  })
}

/** To be called after signing in again. */
export function signedIn(): void {
  set(false)
  void answers.invalidateQueries()
}

export function useSignedOut(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => isSignedOut,
  )
}
