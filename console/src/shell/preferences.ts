import { openShared, useShared } from '../shared-value.ts'

/** What one person likes, kept in this browser. public/console/assets/looks-1.js reads theme and direction before the first paint. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark'
  readonly direction: 'ltr' | 'rtl'
  /** Keys without Ctrl or Alt can be turned off (WCAG 2.1.4). */
  readonly shortcuts: boolean
  /** Columns of the users list, in order. */
  readonly columns: readonly string[] | null
}

/** The themes there are, as they are offered. */
export const THEMES: readonly { readonly value: Preferences['theme']; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** The directions a page can run in, as they are offered. */
export const DIRECTIONS: readonly { readonly value: Preferences['direction']; readonly label: string }[] = [
  { value: 'ltr', label: 'Left to right' },
  { value: 'rtl', label: 'Right to left' },
]

const KEY = 'rollcall-preferences'
const DEFAULTS: Preferences = { theme: 'system', direction: 'ltr', shortcuts: true, columns: null }

const preferences = openShared(read())

function read(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) }
  } catch {
    return DEFAULTS
  }
}

/** Changes what is liked, at once and for the next visits. */
export function prefer(change: Partial<Preferences>): void {
  const next = { ...preferences.now(), ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // A browser that keeps nothing still does what was chosen until the page is left.
  }
  const { dataset } = document.documentElement
  if (next.theme === 'system') delete dataset['theme']
  else dataset['theme'] = next.theme
  document.documentElement.dir = next.direction
  preferences.set(next)
}

/** What is liked now. */
export function usePreferences(): Preferences {
  return useShared(preferences)
}

/** Whether single keys act now. */
export function areShortcutsOn(): boolean {
  return preferences.now().shortcuts
}
