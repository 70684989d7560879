import { fold } from '../../core/text.ts'
import type { Status, UserType } from '../../core/user.ts'
import { CROWD_CUSTOMERS } from './customers.ts'
import { LOCALES, type Locale, type Name } from './locales.ts'
import type { DemoUser } from './people.ts'
import { random, uuidAt, type Random } from './random.ts'

const FIRST_CREATED_MS = Date.UTC(2023, 6, 1)
// A million of them end before the middle of 2025.
const STEP_MS = 60_000
const DAY_MS = 86_400_000

const STATUS: readonly (readonly [number, Status])[] = [
  [84, 'active'],
  [5, 'onboarding'],
  [4, 'inactive'],
  [2, 'suspended'],
  [1, 'risky'],
  [1, 'locked'],
  [3, 'deleted'],
]

const REASONS: Partial<Record<Status, readonly string[]>> = {
  inactive: ['On leave.', 'Contract ended.'],
  suspended: ['Payment overdue.', 'Under review.'],
  risky: ['Signed in from a new country.', 'Password found in a leak.'],
  locked: ['Too many failed sign-ins.'],
  deleted: ['Left the company.'],
}

const TYPES: readonly (readonly [number, UserType])[] = [
  [76, 'user'],
  [19, 'client'],
  [5, 'admin'],
]

const ROLES = ['Dispatcher', 'Driver', 'Biller', 'SalesAgent', 'DataEntry', 'Safety', 'OperationManager', 'Admin']
const GROUPS = ['Operations', 'Sales', 'Support', 'Engineering', 'Finance', 'People', 'Legal']
const PERMISSIONS = ['read', 'write', 'execute', 'load:read', 'load:write', 'invoice:read', 'report:run']
const CITIES = ['Berlin', 'Paris', 'Chicago', 'Osaka', 'Recife', 'Pune', 'Lagos', 'Gdańsk', 'Αθήνα', '深圳']

const PLACES = LOCALES.map((locale) => [locale.weight, locale] as const)
const CUSTOMERS = CROWD_CUSTOMERS.filter(({ code }) => code !== 'vacant')

/** The customers' administrators come first in the crowd, so that everybody else can be theirs. */
const ADMINISTRATORS = CUSTOMERS.length

/** The id of the person at this place of the crowd. */
function idAt(index: number): string {
  return uuidAt(createdMsAt(index), random(index + 0x5eed))
}

function createdMsAt(index: number): number {
  return FIRST_CREATED_MS + index * STEP_MS
}

/** One of any number of people, always the same one at the same place, with names and habits as frequent as in life. */
export function crowdUser(index: number): DemoUser {
  const chances = random(index)
  const isAdministrator = index < ADMINISTRATORS
  const place = isAdministrator ? index : CUSTOMERS.indexOf(chances.skewed(CUSTOMERS))
  const customer = CUSTOMERS[place] ?? CUSTOMERS[0]
  if (!customer) throw new Error('The crowd has no customers.')
  const from = chances.weighted(PLACES)
  const { givenName, familyName, fullName, slug } = nameOf(from, chances)
  const identifier = `${slug}${index + 1}`
  const status = isAdministrator ? 'active' : chances.weighted(STATUS)
  const createdMs = createdMsAt(index)
  const updatedMs = createdMs + (chances.chance(0.4) ? chances.integer(1, 300) * DAY_MS : 0)
  const administrator = isAdministrator ? null : idAt(place)
  return {
    id: idAt(index),
    customerId: customer.id,
    identifier,
    givenName,
    familyName,
    fullName,
    displayName: chances.chance(0.3) ? givenName : null,
    email: chances.chance(0.97) ? `${identifier}@${customer.code}.example` : null,
    phones: phonesOf(from, chances),
    language: from.language,
    country: from.country,
    timeZone: chances.pick(from.timeZones),
    description: chances.chance(0.08) ? `${chances.pick(ROLES)} in ${chances.pick(CITIES)}` : null,
    userType: isAdministrator ? 'admin' : chances.weighted(TYPES),
    role: chances.chance(0.8) ? chances.skewed(ROLES) : null,
    permissions: PERMISSIONS.filter(() => chances.chance(0.25)),
    group: chances.chance(0.7) ? chances.skewed(GROUPS) : null,
    status,
    statusReason: reasonOf(status, chances),
    message: chances.chance(0.03) ? 'Please confirm your phone number.' : null,
    tags: tagsOf(chances),
    deviceId: chances.chance(0.2) ? `dev-${chances.integer(10_000, 99_999)}` : null,
    adminDevices: chances.chance(0.2) ? chances.integer(0, 12) : null,
    validFrom: chances.chance(0.1) ? dayOf(createdMs) : null,
    expiresAt: chances.chance(0.12) ? dayOf(createdMs + chances.integer(200, 4000) * DAY_MS) : null,
    lastLoginAt: status === 'onboarding' || chances.chance(0.2) ? null : instant(createdMs + chances.integer(0, 5e10)),
    picture: chances.chance(0.15) ? pictureOf(index, slug, chances) : null,
    primaryIdentity: index > ADMINISTRATORS && chances.chance(0.01) ? idAt(index - 1) : null,
    externalId: chances.chance(0.5) ? `ext-${(index + 1).toString(36).padStart(6, '0')}` : null,
    attributes: chances.chance(0.3)
      ? { costCenter: String(chances.integer(1000, 1040)), remote: chances.chance(0.4), desk: chances.integer(1, 400) }
      : {},
    createdAt: instant(createdMs),
    createdBy: administrator,
    updatedAt: instant(updatedMs),
    updatedBy: updatedMs === createdMs || chances.chance(0.8) ? administrator : null,
  }
}

function nameOf(from: Locale, chances: Random) {
  const given = [chances.skewed(from.given)]
  const family = [chances.skewed(from.family)]
  if (!from.familyFirst && chances.chance(0.1)) given.push(chances.skewed(from.given))
  if (!from.familyFirst && chances.chance(0.08)) family.push(chances.skewed(from.family))
  const written = (names: readonly Name[], between: string) => names.map((name) => name.written).join(between)
  const givenName = written(given, given.length > 1 && chances.chance(0.5) ? '-' : ' ')
  const familyName = written(family, '-')
  return {
    givenName,
    familyName,
    fullName: from.familyFirst ? familyName + givenName : `${givenName} ${familyName}`,
    slug: `${slugOf(given[0])}.${slugOf(family[0])}`,
  }
}

function slugOf(name: Name | undefined): string {
  return fold(name?.latin ?? '').replace(/[^a-z]+/g, '')
}

function phonesOf({ dial, dialDigits }: Locale, chances: Random): readonly string[] {
  const count = chances.weighted([
    [25, 0],
    [65, 1],
    [10, 2],
  ] as const)
  return Array.from(
    { length: count },
    () => dial + String(chances.integer(0, 10 ** dialDigits - 1)).padStart(dialDigits, '0'),
  )
}

function tagsOf(chances: Random): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {}
  if (chances.chance(0.2)) tags['team'] = chances.pick(GROUPS).toLowerCase()
  if (chances.chance(0.1)) tags['site'] = chances.pick(CITIES)
  if (chances.chance(0.02)) tags['vip'] = 'yes'
  return tags
}

function reasonOf(status: Status, chances: Random): string | null {
  const reasons = REASONS[status]
  return reasons && chances.chance(0.7) ? chances.pick(reasons) : null
}

function pictureOf(index: number, slug: string, chances: Random) {
  return {
    id: `picture-${index + 1}`,
    displayId: `ARTIFACT-${index + 1}`,
    name: `${slug}.jpg`,
    mediaType: 'image/jpeg',
    sizeBytes: chances.integer(4_000, 900_000),
  }
}

function instant(unixMs: number): string {
  return new Date(unixMs).toISOString()
}

function dayOf(unixMs: number): string {
  return instant(unixMs - (unixMs % DAY_MS))
}
