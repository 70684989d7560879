import { useSyncExternalStore } from 'react'

const query = matchMedia('(max-width: 48rem)')

/** Whether there is no room for anything beside the page. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => query.matches,
  )
}
