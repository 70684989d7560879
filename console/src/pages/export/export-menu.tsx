import type { ListInView } from '../users/selection.ts'

/** Takes the list that is shown, or everything, away as a file. */
export function ExportMenu(_: ListInView) {
  return null
}
