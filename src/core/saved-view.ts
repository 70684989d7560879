import { DirectoryError } from './error.ts'
import { SAVED_VIEWS_MAX, SHARED_VIEWS_MAX } from './limits.ts'
import type { Instant } from './user.ts'

/** A list of users that somebody looks at again: what is asked, under a name. */
export interface SavedView {
  /** UUID version 7. */
  readonly id: string
  /** Whose it is. */
  readonly userId: string
  readonly name: string
  /** The search part of an address of the users page, `search=ann&sort=familyName`; what it says is not looked at. */
  readonly query: string
  /** Whether others see it too: whoever may see its user. */
  readonly isShared: boolean
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** The revision of the commit that wrote it. */
  readonly revision: number
}

/** How many saved views there are besides one that is to be written; what it adds nothing to is 0. */
export interface ViewsBeside {
  /** Of its user. */
  readonly own: number
  /** That are shared, whoever has them. */
  readonly shared: number
}

/** Throws `conflict` where a user has as many saved views as may be, or as many are shared. */
export function assertRoom({ own, shared }: ViewsBeside): void {
  if (own >= SAVED_VIEWS_MAX) {
    throw new DirectoryError('conflict', `A user has at most ${SAVED_VIEWS_MAX} saved views; remove one first.`)
  }
  if (shared >= SHARED_VIEWS_MAX) {
    throw new DirectoryError('conflict', `At most ${SHARED_VIEWS_MAX} saved views are shared; one must go first.`)
  }
}
