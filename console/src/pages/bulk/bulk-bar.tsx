import type { ListInView } from '../users/selection.ts'

/** What can be done with the users that are chosen; nothing while none are. */
export function BulkBar(_: ListInView) {
  return null
}
