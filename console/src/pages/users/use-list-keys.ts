import type { RefObject } from 'react'
import { useShortcuts, type ShortcutHelp } from '../../shell/shortcuts.ts'
import { clearSelection } from './selection.ts'
import { stopRanges } from './table/range-selection.ts'
import type { TableHandle } from './table/use-active-row.ts'

interface ListKeysParts {
  readonly searchBox: RefObject<HTMLInputElement | null>
  readonly table: RefObject<TableHandle | null>
  /** Null where none may be created. */
  readonly onCreate: (() => void) | null
  /** Null while no user is open. */
  readonly onClose: (() => void) | null
}

const KEYS: ShortcutHelp = {
  title: 'Users',
  lines: [
    { keys: ['/'], does: 'Search' },
    { keys: ['j', '↓'], does: 'Next user' },
    { keys: ['k', '↑'], does: 'User before' },
    { keys: ['Home'], does: 'First user' },
    { keys: ['End'], does: 'Last user' },
    { keys: ['Enter'], does: 'Open the user' },
    { keys: ['x', 'Space'], does: 'Select the user' },
    { keys: ['Shift+↓', 'Shift+↑'], does: 'Select users in a row' },
    { keys: ['Shift+x', 'Shift+Space'], does: 'Select all users from the one selected last' },
    { keys: ['n'], does: 'New user' },
    { keys: ['Esc'], does: 'Close the user, then clear the selection' },
  ],
}

/** The keys that act on the whole page of users. */
export function useListKeys({ searchBox, table, onCreate, onClose }: ListKeysParts): void {
  useShortcuts(
    {
      '/': () => {
        searchBox.current?.focus()
        searchBox.current?.select()
      },
      j: () => table.current?.step(1, false),
      k: () => table.current?.step(-1, false),
      x: () => table.current?.toggle(false),
      // What the same keys say with Shift, and with Caps Lock alone.
      J: ({ shiftKey }) => table.current?.step(1, shiftKey),
      K: ({ shiftKey }) => table.current?.step(-1, shiftKey),
      X: ({ shiftKey }) => table.current?.toggle(shiftKey),
      n: () => (onCreate === null ? false : onCreate()),
      Escape: () => {
        if (onClose !== null) onClose()
        else if (!stopRanges()) clearSelection()
      },
    },
    KEYS,
  )
}
