import type { UserDraft } from '../../core/user.ts'
import type { RowOutcome } from '../../dialects/rollcall/import/outcome.ts'

/** Where an import writes: the data folder itself, or a running server. */
export interface ImportTarget {
  /** The customer an id or code stands for, as far as it may be seen; undefined where there is none. */
  readonly customer: (idOrCode: string) => number | undefined
  /** How many batches may be under way at once. They are written in the order in which they were given. */
  readonly ahead: number
  /** Creates or updates the users, each on its own; what is answered is written. An outcome per draft, in order. */
  readonly write: (drafts: readonly UserDraft[]) => Promise<readonly RowOutcome[]>
  readonly close: () => Promise<void>
}
