import { useEffect, useRef } from 'react'
import { openShared, useShared } from '../shared-value.ts'
import { areShortcutsOn } from './preferences.ts'

/** What keys do, by `event.key`, with `Ctrl+` before where Ctrl (or Command) is held. Returning false lets the key through. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => unknown>>

/** Keys as the help dialog lists them. A constant: it stands in the list as long as the component is shown. */
export interface ShortcutHelp {
  /** Where they act, such as `Users list`. */
  readonly title: string
  readonly lines: readonly { readonly keys: readonly string[]; readonly does: string }[]
}

const helps = openShared<readonly ShortcutHelp[]>([])

/** All keys that act now. */
export function useShortcutHelps(): readonly ShortcutHelp[] {
  return useShared(helps)
}

/** Keys that act on the whole page while the component is shown. Single keys rest while something is typed into or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts, help?: ShortcutHelp): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const isChord = event.ctrlKey || event.metaKey
      // Only keys that write something are turned off: nobody says Escape by mistake.
      const isOff = event.key.length === 1 && !areShortcutsOn()
      if (!isChord && (isOff || isBusy(event.target))) return
      const act = latest.current[isChord ? `Ctrl+${event.key.toLowerCase()}` : event.key]
      if (act !== undefined && act(event) !== false) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  useEffect(() => {
    if (help === undefined) return
    helps.set([...helps.now(), help])
    return () => helps.set(helps.now().filter((one) => one !== help))
  }, [help])
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.closest(
      'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"][aria-modal], [data-dialog]',
    ) !== null
  )
}
