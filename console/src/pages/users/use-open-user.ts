import { useCallback, useRef, type RefObject } from 'react'
import type { ChangeView } from './address/use-address.ts'
import type { TableHandle } from './table/use-active-row.ts'

/** Opens users beside the list, and closes them, with the focus where one goes on. */
export function useOpenUser(change: ChangeView, table: RefObject<TableHandle | null>) {
  const panel = useRef<HTMLElement>(null)
  // Whoever goes through the list by keys stays in the list; whoever opens a user goes on in it.
  const goesOnInPanel = useRef(false)
  const open = useCallback(
    (id: string, replace = false) => {
      goesOnInPanel.current = !replace
      change({ user: id }, { replace })
      if (!replace) panel.current?.focus({ preventScroll: true })
    },
    [change],
  )
  const enterPanel = useCallback((element: HTMLElement | null) => {
    panel.current = element
    if (goesOnInPanel.current) element?.focus({ preventScroll: true })
  }, [])
  const close = useCallback(() => {
    change({ user: undefined, tab: undefined, dialect: undefined })
    table.current?.focus()
  }, [change, table])
  return { open, close, enterPanel }
}
