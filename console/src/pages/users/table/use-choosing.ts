import { useEffect, useRef } from 'react'
import { notify } from '../../../widgets/notices.tsx'
import { countText, numberText } from '../../../text/count.ts'
import { clearSelection, selectAll, selectUsers, useSelection } from '../selection.ts'
import { RANGE_MAX } from './range.ts'
import { selectRange, stopRanges } from './range-selection.ts'
import type { Rows } from './use-rows.ts'

/** Choosing rows by their place. A list that is another list has nothing chosen. */
export function useChoosing({ query, revision, total, rowAt }: Rows, list: string) {
  const selection = useSelection()
  /** The row that was chosen last, from which a range goes. */
  const from = useRef(0)
  useEffect(
    // The list is no longer the one in which users were chosen.
    () => () => {
      from.current = 0
      stopRanges()
      clearSelection()
    },
    [list],
  )
  const isChosen = (id: string) => selection.kind === 'all' || selection.ids.has(id)
  /** Everything from one row to another, also what was never loaded. */
  const extend = (one: number, other: number) => {
    from.current = other
    const first = Math.min(one, other)
    const count = Math.abs(other - one) + 1
    if (count > RANGE_MAX) {
      const sentence = `${countText(count)} are more than a range can have (${numberText(RANGE_MAX)}).`
      const all =
        total === null ? {} : { action: { label: `Select all ${numberText(total)}`, run: () => selectAll(total) } }
      notify(sentence, { tone: 'danger', ...all })
      return
    }
    const seen = new Map<number, string>()
    for (let row = first; row < first + count; row += 1) {
      const id = rowAt(row)?.id
      if (id !== undefined) seen.set(row, id)
    }
    if (seen.size === count) selectUsers(seen.values(), true)
    else selectRange({ query, first, count, seen, revision })
  }
  return {
    toggle(row: number) {
      const id = rowAt(row)?.id
      if (id === undefined) return
      from.current = row
      // Out of all, one cannot be left; the rows that were read stay chosen would be a guess.
      if (selection.kind === 'all') clearSelection()
      else selectUsers([id], !isChosen(id))
    },
    extend,
    /** Everything from the row that was chosen last. */
    extendTo: (row: number) => extend(from.current, row),
  }
}
