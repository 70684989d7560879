import { invalid, type DirectoryError } from './error.ts'
import { parseInstant } from './instant.ts'
import * as limits from './limits.ts'
import { memberPath } from './member-path.ts'
import { isLongerInAnyForm, isOvermarked, isStorable } from './text.ts'
import { STATUSES, USER_TYPES, type Json, type Picture, type User } from './user.ts'

/** How a value a writer brings becomes the value that is stored. Throws `invalid` naming the field. */
type Rule<T> = (value: unknown, field: string) => T

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const EMAIL = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u
const LANGUAGE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/
const TIME_ZONE = /^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/

function fault(
  reason: 'type' | 'range' | 'format' | 'value' | 'text',
  field: string,
  allowed: string | readonly string[],
  subject = '',
): DirectoryError {
  const said = typeof allowed === 'string' ? allowed : `one of ${allowed.join(', ')}`
  return invalid(reason, `${subject}${field} must be ${said}.`, { in: 'body', name: field, allowed })
}

function text(
  lengthMax: number,
  options: {
    readonly lengthMin?: number
    readonly form?: RegExp
    readonly said?: string
    readonly subject?: string
  } = {},
): Rule<string> {
  const { lengthMin = 0, form, said = '', subject } = options
  const length = lengthMin > 0 ? `${lengthMin} to ${lengthMax} characters long` : `at most ${lengthMax} characters long`
  return (value, field) => {
    const refused = (reason: 'type' | 'range' | 'format' | 'text', allowed: string) =>
      fault(reason, field, allowed, subject)
    if (typeof value !== 'string') throw refused('type', 'a text')
    if (!isStorable(value)) throw refused('text', 'a text without NUL and lone surrogates')
    if (isLongerInAnyForm(value, lengthMax)) throw refused('range', length)
    if (isOvermarked(value)) throw refused('text', `a text with at most ${limits.MARKS_MAX} marks in a row`)
    const normal = value.normalize('NFC')
    if (normal.length > lengthMax || normal.length < lengthMin) throw refused('range', length)
    if (form && !form.test(normal)) throw refused('format', said)
    return normal
  }
}

function nullable<T>(rule: Rule<T>): Rule<T | null> {
  return (value, field) => (value === null ? null : rule(value, field))
}

function word<const V extends string>(values: readonly V[]): Rule<V> {
  return (value, field) => {
    const found = values.find((one) => one === value)
    if (found === undefined) throw fault('value', field, values)
    return found
  }
}

function integer(min: number, max: number): Rule<number> {
  return (value, field) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw fault('type', field, 'a whole number')
    if (value < min || value > max) throw fault('range', field, `a whole number from ${min} to ${max}`)
    return value
  }
}

const instant: Rule<string> = (value, field) => {
  const found = typeof value === 'string' ? parseInstant(value) : undefined
  if (found === undefined) throw fault('format', field, 'an RFC 3339 date-time with an offset')
  return found
}

function texts(lengthMax: number): Rule<readonly string[]> {
  const item = text(lengthMax, { lengthMin: 1 })
  return (value, field) => {
    if (!Array.isArray(value)) throw fault('type', field, 'a list of texts')
    if (value.length > limits.LIST_LENGTH_MAX)
      throw fault('range', field, `a list of at most ${limits.LIST_LENGTH_MAX} texts`)
    return value.map((one, index) => item(one, `${field}.${index}`))
  }
}

const key = text(limits.SHORT_TEXT_LENGTH_MAX, { lengthMin: 1, subject: 'A name in ' })

function entriesOf(value: unknown, field: string): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault('type', field, 'an object')
  const entries = Object.entries(value)
  if (entries.length > limits.LIST_LENGTH_MAX)
    throw fault('range', field, `an object of at most ${limits.LIST_LENGTH_MAX} entries`)
  const named = entries.map(([name, one]) => [key(name, field), one] as const)
  // Names that differ only in how their letters are composed would become one.
  if (new Set(named.map(([name]) => name)).size < named.length) {
    throw invalid('value', `Two names in ${field} are the same.`, {
      in: 'body',
      name: field,
      allowed: 'each name once',
    })
  }
  return named
}

const tags: Rule<Readonly<Record<string, string>>> = (value, field) => {
  const tag = text(limits.VALUE_LENGTH_MAX)
  return Object.fromEntries(entriesOf(value, field).map(([name, one]) => [name, tag(one, memberPath(field, name))]))
}

const attributes: Rule<Readonly<Record<string, Json>>> = (value, field) => {
  const clean = Object.fromEntries(
    entriesOf(value, field).map(([name, one]) => [name, attribute(one, memberPath(field, name), 1)]),
  )
  if (JSON.stringify(clean).length > limits.ATTRIBUTES_LENGTH_MAX) {
    throw fault('range', field, `at most ${limits.ATTRIBUTES_LENGTH_MAX} characters long as JSON`)
  }
  return clean
}

function attribute(value: unknown, field: string, depth: number): Json {
  if (depth > limits.ATTRIBUTES_DEPTH_MAX)
    throw fault('range', field, `nested at most ${limits.ATTRIBUTES_DEPTH_MAX} deep`)
  if (typeof value === 'string') return text(limits.ATTRIBUTES_LENGTH_MAX)(value, field)
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') {
    // A longer one has been rounded on its way in.
    if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) return value
    const most = Number.MAX_SAFE_INTEGER
    throw fault('range', field, `a number from -${most} to ${most}; longer ones are kept as texts`)
  }
  if (Array.isArray(value)) return value.map((one: unknown, index) => attribute(one, `${field}.${index}`, depth + 1))
  return Object.fromEntries(
    entriesOf(value, field).map(([name, one]) => [name, attribute(one, memberPath(field, name), depth + 1)]),
  )
}

const picture: Rule<Picture> = (value, field) => {
  const given = Object.fromEntries(entriesOf(value, field))
  const members = ['id', 'displayId', 'name', 'mediaType', 'sizeBytes']
  const stray = Object.keys(given).find((name) => !members.includes(name))
  if (stray !== undefined) throw fault('value', memberPath(field, stray), members)
  const short = text(limits.SHORT_TEXT_LENGTH_MAX)
  return {
    id: short(given['id'], `${field}.id`),
    displayId: nullable(short)(given['displayId'] ?? null, `${field}.displayId`),
    name: short(given['name'], `${field}.name`),
    mediaType: short(given['mediaType'], `${field}.mediaType`),
    sizeBytes: integer(0, Number.MAX_SAFE_INTEGER)(given['sizeBytes'], `${field}.sizeBytes`),
  }
}

const id = text(36, { form: UUID, said: 'a UUID in lower case' })
const name = text(limits.NAME_LENGTH_MAX)
const short = text(limits.SHORT_TEXT_LENGTH_MAX)
const long = text(limits.TEXT_LENGTH_MAX)
const reference = nullable(id)

/** One rule per field a writer may bring. Texts come out in NFC, instants in UTC with milliseconds. */
export const USER_RULES = {
  id,
  number: integer(1, 2 ** 48),
  customerId: integer(1, Number.MAX_SAFE_INTEGER),
  identifier: text(limits.IDENTIFIER_LENGTH_MAX, { lengthMin: 1 }),
  givenName: nullable(name),
  familyName: nullable(name),
  fullName: text(2 * limits.NAME_LENGTH_MAX + 1, { lengthMin: 1 }),
  displayName: nullable(name),
  email: nullable(text(limits.EMAIL_LENGTH_MAX, { form: EMAIL, said: 'an e-mail address' })),
  phones: texts(64),
  language: nullable(text(64, { form: LANGUAGE, said: 'a BCP 47 language tag' })),
  country: nullable(short),
  timeZone: nullable(text(64, { form: TIME_ZONE, said: 'an IANA time zone' })),
  description: nullable(long),
  userType: word(USER_TYPES),
  role: nullable(short),
  permissions: texts(limits.SHORT_TEXT_LENGTH_MAX),
  group: nullable(short),
  status: word(STATUSES),
  statusReason: nullable(long),
  message: nullable(long),
  tags,
  deviceId: nullable(short),
  adminDevices: nullable(integer(0, 2 ** 31)),
  validFrom: nullable(instant),
  expiresAt: nullable(instant),
  lastLoginAt: nullable(instant),
  picture: nullable(picture),
  primaryIdentity: reference,
  externalId: nullable(text(limits.IDENTIFIER_LENGTH_MAX, { lengthMin: 1 })),
  attributes,
  createdAt: instant,
  createdBy: reference,
  updatedAt: instant,
  updatedBy: reference,
} satisfies { readonly [F in Exclude<keyof User, 'revision'>]: Rule<User[F]> }
