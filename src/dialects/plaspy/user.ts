import { WORKING_STATUSES, type Instant, type User } from '../../core/user.ts'
import { wholeSecond } from '../whole-second.ts'

/** A user as Plaspy writes it, members in the page's order. Nulls are printed. */
export interface WireUser {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly country: string | null
  readonly timeZone: string | null
  readonly description: string | null
  readonly message: string | null
  readonly disabled: boolean
  readonly disabledMessage: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly privileges: readonly string[]
  readonly group: string | null
  readonly deviceId: string | null
  readonly adminDevices: number | null
  readonly from: string | null
  readonly expires: string | null
  /** Never shown. */
  readonly password: null
  readonly creation: string
  readonly modification: string
  readonly lastLogin: string | null
}

/** A user with every member of the page. */
export function renderUser(user: User): WireUser {
  return {
    id: `usr-${user.number}`,
    name: user.fullName,
    email: user.email,
    country: user.country,
    timeZone: user.timeZone,
    description: user.description,
    message: user.message,
    disabled: isDisabled(user),
    disabledMessage: user.statusReason,
    tags: user.tags,
    privileges: user.permissions,
    group: user.group,
    deviceId: user.deviceId,
    adminDevices: user.adminDevices,
    from: orNull(user.validFrom),
    expires: orNull(user.expiresAt),
    password: null,
    creation: wholeSecond(user.createdAt),
    modification: wholeSecond(user.updatedAt),
    lastLogin: orNull(user.lastLoginAt),
  }
}

/** Whether a user may not act at present: all but active, onboarding and risky ones. */
export function isDisabled({ status }: Pick<User, 'status'>): boolean {
  return !WORKING_STATUSES.includes(status)
}

function orNull(instant: Instant | null): string | null {
  return instant === null ? null : wholeSecond(instant)
}

/** The number in `usr-12345`, or in `12345` as the vendor's examples have it too; undefined for what is no id. */
export function userNumber(id: string): number | undefined {
  const digits = /^(?:usr-)?([1-9]\d{0,14})$/i.exec(id)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
