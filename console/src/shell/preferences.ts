import { useSyncExternalStore } from 'react'

/** What one person likes, kept in this browser. public/console/assets/looks-1.js reads theme and direction before the first paint. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  readonly direction: 'ltr' | 'rtl'
  /** Keys without Ctrl or Alt can be turned off (WCAG 2.1.4). */
  readonly shortcuts: boolean
  /** Columns of the users list, in order. */
  readonly columns: readonly string[] | null
}

const KEY = 'rollcall-preferences'
const DEFAULTS: Preferences = { theme: 'system', direction: 'ltr', shortcuts: true, columns: null }

let preferences = read()
const listeners = new Set<() => void>()

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return DEFAULTS
  }
}

export function prefer(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // A browser that keeps nothing still does what was chosen until the page is left.
  }
  const { dataset } = document.documentElement
  if (preferences.theme === 'system') delete dataset['theme']
  else dataset['theme'] = preferences.theme
  document.documentElement.dir = preferences.direction
  for (const listener of listeners) listener()
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => preferences,
  )
}

/** Whether single keys act now. */
export function areShortcutsOn(): boolean {
  return preferences.shortcuts
}
