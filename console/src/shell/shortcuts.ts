import { useEffect, useRef } from 'react'
import { areShortcutsOn } from './preferences.ts'

/** What keys do, by `event.key`, with `Ctrl+` before where Ctrl (or Command) is held. Returning false lets the key through. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => unknown>>

/** Keys that act on the whole page while the component is shown. Single keys rest while something is typed into or a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const isChord = event.ctrlKey || event.metaKey
      if (!isChord && (!areShortcutsOn() || isBusy(event.target))) return
      const act = latest.current[isChord ? `Ctrl+${event.key.toLowerCase()}` : event.key]
      if (act !== undefined && act(event) !== false) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.closest(
      'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"][aria-modal], [data-dialog]',
    ) !== null
  )
}
