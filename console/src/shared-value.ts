import { useSyncExternalStore } from 'react'

/** A value of the page that any module may change, and every component that shows it follows. */
export interface SharedValue<T> {
  readonly now: () => T
  /** Setting what it is already changes nothing. */
  readonly set: (next: T) => void
  /** Calls back after each change; the function it gives stops that. */
  readonly watch: (listener: () => void) => () => void
}

/** Opens a value that is shared from now on. */
export function openShared<T>(first: T): SharedValue<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    now: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What a shared value is now; the component is drawn anew when it changes. */
export function useShared<T>({ watch, now }: SharedValue<T>): T {
  return useSyncExternalStore(watch, now)
}
