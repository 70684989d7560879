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
