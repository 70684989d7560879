import { useSyncExternalStore } from 'react'
import { announce } from '../../../widgets/announcer.tsx'
import { notify } from '../../../widgets/notices.tsx'
import { countText } from '../../../text/count.ts'
import { selectUsers } from '../selection.ts'
import { readRange, type Range } from './range.ts'

/** How far ranges are read that are to be chosen. */
export interface RangeProgress {
  readonly done: number
  readonly total: number
}

let progress: RangeProgress | null = null
let controller = new AbortController()
let last = Promise.resolve()
const listeners = new Set<() => void>()

function set(next: RangeProgress | null): void {
  progress = next
  for (const listener of listeners) listener()
}

/** How far it is; null while no range is read. */
export function useRangeProgress(): RangeProgress | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => progress,
  )
}

/** Chooses all users of a range once it is read; ranges are read one after another. */
export function selectRange(range: Range): void {
  const { signal } = controller
  set({ done: progress?.done ?? 0, total: (progress?.total ?? 0) + range.count })
  const turn = last.then(() => (signal.aborted ? undefined : choose(range, signal)))
  last = turn
  void turn.then(() => {
    if (last === turn && !signal.aborted) set(null)
  })
}

/** Chooses none of what is being read; false where nothing is. */
export function stopRanges(): boolean {
  if (progress === null) return false
  controller.abort()
  controller = new AbortController()
  set(null)
  announce('Stopped. Nothing of it is selected.')
  return true
}

async function choose(range: Range, signal: AbortSignal): Promise<void> {
  try {
    const ids = await readRange(range, signal, (users) => {
      if (progress !== null && !signal.aborted) set({ ...progress, done: progress.done + users })
    })
    if (signal.aborted) return
    if (ids !== null) selectUsers(ids, true)
    else notify('The list has changed since it was read. Refresh it and select again.', { tone: 'danger' })
  } catch (error) {
    if (signal.aborted) return
    const cause = error instanceof Error ? error.message : String(error)
    notify(`${countText(range.count)} could not be selected: ${cause}`, { tone: 'danger' })
  }
}
