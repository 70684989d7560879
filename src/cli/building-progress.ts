import { openPageProgress, type PageProgress } from './page-progress.ts'
import { writeRemark } from './commands/output.ts'

/** Shows how far the indexes are that a load left out, on standard error, once there are any. */
export interface BuildingProgress {
  readonly update: (built: number, of: number) => void
  /** Says so where not all of them have been built. */
  readonly close: () => void
}

export function openBuildingProgress(): BuildingProgress {
  let shown: PageProgress | undefined
  let left = 0
  return {
    update(built, of) {
      shown ??= openPageProgress('Building indexes')
      shown.update(built, of)
      left = of - built
    },
    close() {
      shown?.close()
      if (left > 0) writeRemark(unbuiltLine(left))
    },
  }
}

/** Says that indexes are left to be built, and by whom they are. */
export function unbuiltLine(unbuilt: number): string {
  const indexes = unbuilt === 1 ? '1 index is' : `${unbuilt} indexes are`
  return `After a load ${indexes} still to be built: a running node does it within seconds, or rollcall migrate. Until then some lists are slow.`
}
