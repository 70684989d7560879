import type { ListQuery } from '@rollcall/sdk'
import { openShared, useShared } from '../../shared-value.ts'

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

const selection = openShared<Selection>(NONE)

/** The users that are chosen now. */
export function useSelection(): Selection {
  return useShared(selection)
}

/** How many users are chosen. */
export function selectedCount(selection: Selection): number {
  return selection.kind === 'all' ? selection.total : selection.ids.size
}

/** Chooses users, or no longer, and leaves the others as they are. Of all users, none can be left out: then only these stay chosen. */
export function selectUsers(ids: Iterable<string>, isSelected: boolean): void {
  const before = selection.now()
  const next = new Set(before.kind === 'some' ? before.ids : [])
  for (const id of ids) {
    if (isSelected) next.add(id)
    else next.delete(id)
  }
  selection.set({ kind: 'some', ids: next })
}

/** Chooses all users of the list, of which there are so many. */
export function selectAll(total: number): void {
  selection.set({ kind: 'all', total })
}

/** Chooses nobody. */
export function clearSelection(): void {
  selection.set(NONE)
}
