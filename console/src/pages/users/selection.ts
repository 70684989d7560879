import { useSyncExternalStore } from 'react'
import type { ListQuery } from '@rollcall/sdk'

/** Users that are chosen: these, or all of the list that is shown, also where they were never loaded. */
export type Selection =
  { readonly kind: 'some'; readonly ids: ReadonlySet<string> } | { readonly kind: 'all'; readonly total: number }

/** What bars and menus above the users list get to know of it. */
export interface ListInView {
  /** The list as /v1 is asked for it, without paging. */
  readonly query: ListQuery
  /** How many users it has; null while they are counted. */
  readonly total: number | null
  /** The columns that are shown, in order: names of members of a user. */
  readonly columns: readonly string[]
}

const NONE: Selection = { kind: 'some', ids: new Set() }

let selection = NONE as Selection
const listeners = new Set<() => void>()

function set(next: Selection): void {
  selection = next
  for (const listener of listeners) listener()
}

/** The users that are chosen now. */
export function useSelection(): Selection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => selection,
  )
}

/** How many users are chosen. */
export function selectedCount(selection: Selection): number {
  return selection.kind === 'all' ? selection.total : selection.ids.size
}

/** Chooses users, or no longer, and leaves the others as they are. Of all users, none can be left out: then only these stay chosen. */
export function selectUsers(ids: Iterable<string>, isSelected: boolean): void {
  const next = new Set(selection.kind === 'some' ? selection.ids : [])
  for (const id of ids) {
    if (isSelected) next.add(id)
    else next.delete(id)
  }
  set({ kind: 'some', ids: next })
}

/** Chooses all users of the list, of which there are so many. */
export function selectAll(total: number): void {
  set({ kind: 'all', total })
}

export function clearSelection(): void {
  if (selection.kind === 'all' || selection.ids.size > 0) set(NONE)
}
