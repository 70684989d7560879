import type { ListRequest, UserList, View } from '../core/directory.ts'
import { invalid } from '../core/error.ts'
import { OFFSET_MAX } from '../core/limits.ts'

/** A page of a list and the number of all its users. */
export type CountedList = UserList & { readonly total: number }

/**
 * The users of a list from an offset on, and how many there are in all. Beyond the end there are none, however large
 * the offset; only where users exist beyond OFFSET_MAX is it refused, naming the parameter it came from.
 */
export async function usersFrom(
  view: View,
  request: Omit<ListRequest, 'page' | 'total'>,
  place: { readonly offset: number; readonly limit: number; readonly parameter: string },
): Promise<CountedList> {
  const { offset, limit, parameter } = place
  if (offset <= OFFSET_MAX) return counted(await view.users({ ...request, page: { offset, limit }, total: true }))
  const { total, ...list } = counted(await view.users({ ...request, page: { offset: 0, limit: 1 }, total: true }))
  if (total > offset) {
    const allowed = `a page within the first ${OFFSET_MAX} users`
    throw invalid('range', `${parameter} must name ${allowed}.`, { in: 'query', name: parameter, allowed })
  }
  return { ...list, total, users: [] }
}

function counted(list: UserList): CountedList {
  return { ...list, total: list.total ?? 0 }
}
