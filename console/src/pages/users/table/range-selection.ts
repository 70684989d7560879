import { openShared, useShared } from '../../../shared-value.ts'
import { announce } from '../../../widgets/announcer.tsx'
import { notify } from '../../../widgets/notices.tsx'
import { countText } from '../../../text/count.ts'
import { errorText } from '../../../text/error-text.ts'
import { selectUsers } from '../selection.ts'
import { readRange, type Range } from './range.ts'

/** How far ranges are read that are to be chosen. */
export interface RangeProgress {
  readonly done: number
  readonly total: number
}

const progress = openShared<RangeProgress | null>(null)
let controller = new AbortController()
let last = Promise.resolve()

/** How far it is; null while no range is read. */
export function useRangeProgress(): RangeProgress | null {
  return useShared(progress)
}

/** Chooses all users of a range once it is read; ranges are read one after another. */
export function selectRange(range: Range): void {
  const { signal } = controller
  const { done, total } = progress.now() ?? { done: 0, total: 0 }
  progress.set({ done, total: total + range.count })
  const turn = last.then(() => (signal.aborted ? undefined : choose(range, signal)))
  last = turn
  void turn.then(() => {
    if (last === turn && !signal.aborted) progress.set(null)
  })
}

/** Chooses none of what is being read; false where nothing is. */
export function stopRanges(): boolean {
  if (progress.now() === null) return false
  controller.abort()
  controller = new AbortController()
  progress.set(null)
  announce('Stopped. Nothing of it is selected.')
  return true
}

async function choose(range: Range, signal: AbortSignal): Promise<void> {
  try {
    const ids = await readRange(range, signal, (users) => {
      const now = progress.now()
      if (now !== null && !signal.aborted) progress.set({ ...now, done: now.done + users })
    })
    if (signal.aborted) return
    if (ids !== null) selectUsers(ids, true)
    else notify('The list has changed since it was read. Refresh it and select again.', { tone: 'danger' })
  } catch (error) {
    if (signal.aborted) return
    notify(`${countText(range.count)} could not be selected: ${errorText(error)}`, { tone: 'danger' })
  }
}
