import fc from 'fast-check'
import { fold } from '../../src/core/text.ts'
import { STATUSES, USER_TYPES, type Instant, type Json, type NewUser, type Picture } from '../../src/core/user.ts'
import { longText, storableText, storableWord } from './text.ts'

/** Few enough to collide, and with both ends of time. */
export const instant: fc.Arbitrary<Instant> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 }).map((n) => `2026-11-2${n}T12:00:00.000Z`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '0001-01-01T00:00:00.000Z',
      '1969-12-31T23:59:59.999Z',
      '2026-11-22T12:00:00.001Z',
      '9999-12-31T23:59:59.999Z',
    ),
  },
)

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 })

/** The names of map entries: some must be quoted in a path, some mean something to JavaScript. */
export const entryName: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('role', 'Role', 'a.b', '"', "'", '$', '[0]', '*', 'é', 'e\u0301', '𐐀', ' ') },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '0') },
)

const map = <T>(value: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.tuple(entryName, value), { maxLength: 3, selector: ([key]) => key }).map(Object.fromEntries<T>)

const scalar: fc.Arbitrary<Json> = fc.oneof(
  storableText,
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(0, 1, -1, 0.1, 1e21, 1e-7, 2 ** 53, 123456789.125),
)

const json: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 1 })), { maxLength: 3 }) },
  { weight: 1, arbitrary: map(scalar) },
)

const picture: fc.Arbitrary<Picture> = fc.record(
  {
    id: storableText,
    displayId: orNull(storableText),
    name: storableText,
    mediaType: fc.constant('image/png'),
    sizeBytes: fc.nat(),
  },
  { noNullPrototype: true },
)

const texts = fc.array(storableText, { maxLength: 3 })
const optionalText = orNull(storableText)
/** Of texts that may be long some are, though not in most directories. */
const prose = orNull(fc.oneof({ weight: 30, arbitrary: storableText }, { weight: 1, arbitrary: longText }))
/** Of these most are. */
const longProse = orNull(fc.oneof({ weight: 1, arbitrary: storableText }, { weight: 2, arbitrary: longText }))

/** Texts of users that are often too long for an index. */
export const longTexts = fc.record({ familyName: longProse, givenName: longProse, description: longProse })

const optionalInstant = orNull(instant)

/** A place in a list, or nobody, or somebody who is not in the list. */
const person = fc.oneof(fc.constant(null), fc.constant('stranger'), fc.nat({ max: 20 }))

const plan = fc.record({
  id: fc.uuid(),
  customer: fc.nat({ max: 20 }),
  identifier: storableWord,
  givenName: prose,
  familyName: prose,
  fullName: storableWord,
  displayName: prose,
  email: optionalText,
  phones: texts,
  language: optionalText,
  country: optionalText,
  timeZone: optionalText,
  description: prose,
  userType: fc.constantFrom(...USER_TYPES),
  role: optionalText,
  permissions: texts,
  group: optionalText,
  status: fc.oneof(
    { weight: 3, arbitrary: fc.constant('active' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...STATUSES) },
  ),
  statusReason: prose,
  message: prose,
  tags: map(storableText),
  deviceId: optionalText,
  adminDevices: orNull(fc.constantFrom(0, 1, 2, 10, -1, 2 ** 31, Number.MAX_SAFE_INTEGER)),
  validFrom: optionalInstant,
  expiresAt: optionalInstant,
  lastLoginAt: optionalInstant,
  picture: orNull(picture),
  primaryIdentity: person,
  externalId: optionalText,
  attributes: map(json),
  createdAt: instant,
  createdBy: person,
  updatedAt: instant,
  updatedBy: person,
})

const STRANGER = '00000000-0000-4000-8000-000000000000'

/** Users who can all be written to one directory of these customers: no id is twice in it, and no name of a live user. */
export function users(
  customerIds: readonly number[],
  maxLength: number,
  minLength = 0,
): fc.Arbitrary<readonly NewUser[]> {
  return fc.uniqueArray(plan, { minLength, maxLength, size: 'max', selector: ({ id }) => id }).map((plans) => {
    const identifiers = unique()
    const emails = unique()
    const id = (place: number | string | null) =>
      typeof place === 'number' ? (plans[place % plans.length]?.id ?? null) : place === null ? null : STRANGER
    return plans.map(({ customer, primaryIdentity, createdBy, updatedBy, ...plan }): NewUser => {
      const live = plan.status !== 'deleted'
      return {
        ...plan,
        customerId: customerIds[customer % customerIds.length] ?? 1,
        identifier: live ? identifiers(plan.identifier) : plan.identifier,
        email: live && plan.email !== null ? emails(plan.email) : plan.email,
        primaryIdentity: id(primaryIdentity),
        createdBy: id(createdBy),
        updatedBy: id(updatedBy),
      }
    })
  })
}

function unique(): (text: string) => string {
  const taken = new Set<string>()
  return (text) => {
    let free = text
    for (let n = 2; taken.has(fold(free)); n++) free = `${text}~${n}`
    taken.add(fold(free))
    return free
  }
}
