import { useEffect } from 'react'
import type { User } from '@rollcall/sdk'
import { notify } from '../../../widgets/notices.tsx'
import { countText } from '../../../text/count.ts'
import { clearSelection, selectUsers, useSelection } from '../selection.ts'

/** Choosing rows by their place. A list that is another list has nothing chosen. */
export function useChoosing(rowAt: (index: number) => User | undefined, list: string) {
  const selection = useSelection()
  // The list is no longer the one in which users were chosen.
  useEffect(() => clearSelection, [list])
  const isChosen = (id: string) => selection.kind === 'all' || selection.ids.has(id)
  const idAt = (index: number) => rowAt(index)?.id
  return {
    toggle(index: number) {
      const id = idAt(index)
      if (id === undefined) return
      // Out of all, one cannot be left; the rows that were read stay chosen would be a guess.
      if (selection.kind === 'all') clearSelection()
      else selectUsers([id], !isChosen(id))
    },
    /** Everything from one row to another, as far as it was read; says how many were not. */
    extend(from: number, to: number) {
      const ids: string[] = []
      for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
        const id = idAt(index)
        if (id !== undefined) ids.push(id)
      }
      selectUsers(ids, true)
      const unread = Math.abs(to - from) + 1 - ids.length
      if (unread > 0)
        notify(`${countText(unread)} between could not be selected: they are not loaded.`, { tone: 'danger' })
    },
  }
}
