import { invalid } from '../../core/error.ts'
import { parseInstant } from '../../core/instant.ts'
import {
  EMAIL_LENGTH_MAX,
  LIST_LENGTH_MAX,
  NAME_LENGTH_MAX,
  PASSWORD_LENGTH_MAX,
  SHORT_TEXT_LENGTH_MAX,
  TEXT_LENGTH_MAX,
  VALUE_LENGTH_MAX,
} from '../../core/limits.ts'
import type { Instant } from '../../core/user.ts'
import { about, describedMembers } from '../meaning.ts'
import { boolean, integer, list, map, nullable, object, optional, string, type Shape, type ShapeOf } from '../shape.ts'
import { KEPT_MEANING, TAG_MEANING, WRITTEN_MEANINGS } from './meaning.ts'
import { isTimeZone } from './time-zone.ts'

const zone = string({ lengthMax: 64 })

const timeZone: Shape<string> = {
  schema: zone.schema,
  read(value, at) {
    const name = zone.read(value, at)
    if (isTimeZone(name)) return name
    const allowed = 'a name listed by GET /api/users/timeZones'
    throw invalid('value', `${at} must be an IANA time zone: ${allowed}.`, { in: 'body', name: at, allowed })
  },
}

const instant: Shape<Instant> = {
  schema: { type: 'string', format: 'date-time' },
  read(value, at) {
    const found = parseInstant(string({ lengthMax: 64 }).read(value, at))
    if (found !== undefined) return found
    const allowed = 'an RFC 3339 date and time with an offset, such as 2023-01-01T00:00:00Z'
    throw invalid('format', `${at} must be ${allowed}.`, { in: 'body', name: at, allowed })
  },
}

const tag = string({ lengthMax: VALUE_LENGTH_MAX })
const tags = map({ ...tag, schema: about(tag.schema, TAG_MEANING) }, { lengthMax: LIST_LENGTH_MAX })
const short = string({ lengthMax: SHORT_TEXT_LENGTH_MAX })
const long = string({ lengthMax: TEXT_LENGTH_MAX })
const given = { lengthMin: 1, lengthMax: SHORT_TEXT_LENGTH_MAX }

/** The members a writer may send, each with its form. */
const MEMBERS = describedMembers(WRITTEN_MEANINGS, {
  name: string({ lengthMin: 1, lengthMax: NAME_LENGTH_MAX }),
  email: string({ lengthMax: EMAIL_LENGTH_MAX }),
  country: string(given),
  timeZone,
  description: optional(nullable(long)),
  message: optional(nullable(long)),
  disabled: optional(boolean),
  disabledMessage: optional(nullable(long)),
  tags: optional(nullable(tags)),
  privileges: optional(nullable(list(string(given), { lengthMax: LIST_LENGTH_MAX }))),
  group: optional(nullable(short)),
  deviceId: optional(nullable(short)),
  adminDevices: optional(nullable(integer({ min: 0, max: 2 ** 31 }))),
  from: optional(nullable(instant)),
  expires: optional(nullable(instant)),
  password: optional(nullable(string({ lengthMin: 1, lengthMax: PASSWORD_LENGTH_MAX }))),
})

/** The names of these members. */
export const WRITABLE: readonly string[] = Object.keys(MEMBERS)

const ignored = optional<unknown>({ schema: { readOnly: true, description: KEPT_MEANING }, read: () => undefined })

/** Members of an answer that the server keeps: an answer can be sent back as it came. */
const KEPT = {
  success: ignored,
  apiUsage: ignored,
  apiDailyUsage: ignored,
  id: ignored,
  creation: ignored,
  modification: ignored,
  lastLogin: ignored,
}

/** The body of `POST` and `PUT`. */
export const userShape = object({ ...MEMBERS, ...KEPT })

/** A user as a writer sends it. */
export type UserBody = ShapeOf<typeof userShape>

/** The form of one member. Throws `invalid` for one that the server keeps. */
export function memberForm(name: string): Shape<unknown> {
  if (Object.hasOwn(MEMBERS, name)) return MEMBERS[name as keyof typeof MEMBERS]
  throw invalid('value', `${name} is kept by the server and cannot be changed.`, {
    in: 'body',
    name,
    allowed: WRITABLE,
  })
}
