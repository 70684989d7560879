import type { Json, User, UserDraft } from '@rollcall/sdk'
import { errorText } from '../../../text/error-text.ts'
import { STATUSES, USER_TYPES } from '../../../directory/user-fields.ts'

/** How a member of a user is typed into a form. Every value is a text there. */
type Shape = 'text' | 'lines' | 'long' | 'word' | 'integer' | 'moment' | 'customer' | 'entries' | 'json'

export interface ProfileField {
  readonly name: keyof User
  readonly label: string
  readonly shape: Shape
  readonly hint?: string
  readonly values?: readonly string[]
}

interface ProfileGroup {
  readonly title: string
  readonly fields: readonly ProfileField[]
}

const of = (name: ProfileField['name'], label: string, shape: Shape = 'text', more: Partial<ProfileField> = {}) => ({
  name,
  label,
  shape,
  ...more,
})
const LINES = { hint: 'One per line.' }

/** What people see of a user and may change, in groups. */
export const PROFILE: readonly ProfileGroup[] = [
  {
    title: 'Person',
    fields: [
      of('givenName', 'Given name'),
      of('familyName', 'Family name'),
      of('fullName', 'Full name'),
      of('displayName', 'Display name'),
      of('description', 'Description', 'long'),
    ],
  },
  {
    title: 'Contact',
    fields: [
      of('email', 'E-mail'),
      of('phones', 'Phones', 'lines', LINES),
      of('language', 'Language', 'text', { hint: 'Such as fr or pt-BR.' }),
      of('country', 'Country', 'text', { hint: 'Such as FR.' }),
      of('timeZone', 'Time zone', 'text', { hint: 'Such as Europe/Paris.' }),
    ],
  },
  {
    title: 'Place and rights',
    fields: [
      of('identifier', 'Identifier', 'text', { hint: 'What the user signs in with.' }),
      of('customerId', 'Customer', 'customer'),
      of('userType', 'Type', 'word', { values: USER_TYPES }),
      of('role', 'Role'),
      of('group', 'Group'),
      of('permissions', 'Permissions', 'lines', { hint: 'What other systems let the user do, one per line.' }),
      of('externalId', 'External id'),
      of('primaryIdentity', 'Primary identity', 'text', {
        hint: 'The id of the user who is this one’s primary identity.',
      }),
    ],
  },
  {
    title: 'Status',
    fields: [
      of('status', 'Status', 'word', { values: STATUSES.filter((status) => status !== 'deleted') }),
      of('statusReason', 'Reason'),
      of('message', 'Message', 'long'),
      of('validFrom', 'Valid from (UTC)', 'moment'),
      of('expiresAt', 'Expires (UTC)', 'moment'),
    ],
  },
  {
    title: 'Devices',
    fields: [of('deviceId', 'Device'), of('adminDevices', 'Admin devices', 'integer')],
  },
  {
    title: 'More',
    fields: [
      of('tags', 'Tags', 'entries', { hint: 'One per line: name: value.' }),
      of('attributes', 'Attributes', 'json', { hint: 'A JSON object.' }),
    ],
  },
]

export const PROFILE_FIELDS: readonly ProfileField[] = PROFILE.flatMap(({ fields }) => fields)

/** A form: texts by field. */
export type Texts = Readonly<Record<string, string>>

/** A user as texts of a form. */
export function textsOf(user: User): Texts {
  return Object.fromEntries(PROFILE_FIELDS.map((field) => [field.name, textOf(field, user[field.name] as Json)]))
}

function textOf({ shape }: ProfileField, value: Json): string {
  if (value === null) return ''
  switch (shape) {
    case 'lines':
      return (value as readonly string[]).join('\n')
    case 'entries':
      return Object.entries(value as Readonly<Record<string, string>>)
        .map(
          ([name, entry]) =>
            `${isPlain(name) ? name : JSON.stringify(name)}: ${isPlain(entry) ? entry : JSON.stringify(entry)}`,
        )
        .join('\n')
    case 'json':
      return Object.keys(value).length === 0 ? '' : JSON.stringify(value, null, 2)
    default:
      return typeof value === 'string' ? value : JSON.stringify(value)
  }
}

// What a line holds as it is: neither line breaks nor colons that part it, no edges that would be trimmed.
function isPlain(text: string): boolean {
  return text !== '' && text === text.trim() && !/["\n\r\u2028\u2029:]/u.test(text)
}

/** What a form changes, as a merge patch; `faults` by field say what cannot be read. */
export interface Changes {
  readonly patch: UserDraft
  readonly names: readonly string[]
  readonly faults: Readonly<Record<string, string>>
}

/** The difference between a user and a form that was begun with `textsOf` it. Only members whose text differs are in it. */
export function changesOf(user: User, texts: Texts): Changes {
  const before = textsOf(user)
  const patch = new Map<string, unknown>()
  const faults = new Map<string, string>()
  const names: string[] = []
  for (const field of PROFILE_FIELDS) {
    const text = texts[field.name] ?? ''
    if (text === before[field.name]) continue
    names.push(field.name)
    try {
      patch.set(field.name, valueOf(field, text, user[field.name] as Json))
    } catch (error) {
      faults.set(field.name, errorText(error))
    }
  }
  return { patch: Object.fromEntries(patch), names, faults: Object.fromEntries(faults) }
}

function valueOf({ shape }: ProfileField, text: string, before: Json): Json {
  switch (shape) {
    case 'lines':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    case 'entries':
      return mergePatch(before as JsonObject, entriesFrom(text))
    case 'json':
      return mergePatch(before as JsonObject, objectFrom(text))
    case 'integer':
    case 'customer':
      if (text.trim() === '') return null
      if (!/^\d{1,15}$/u.test(text.trim())) throw new Error('This must be a whole number.')
      return Number(text)
    case 'moment': {
      if (text.trim() === '') return null
      const at = Date.parse(text)
      if (Number.isNaN(at)) throw new Error('This must be a day and time.')
      return new Date(at).toISOString()
    }
    default:
      return text.trim() === '' ? null : text
  }
}

type JsonObject = Readonly<Record<string, Json>>

function entriesFrom(text: string): JsonObject {
  const entries = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const found = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^":]+?))\s*:\s*(?:("(?:[^"\\]|\\.)*")|(.*?))\s*$/u.exec(line)
    if (found === null) throw new Error(`“${line.trim()}” is not name: value.`)
    const [, quotedName, name = '', quotedValue, value = ''] = found
    const key = quotedName === undefined ? name : (JSON.parse(`"${quotedName}"`) as string)
    if (entries.has(key)) throw new Error(`${key} stands there twice.`)
    entries.set(key, quotedValue === undefined ? value : (JSON.parse(quotedValue) as string))
  }
  return Object.fromEntries(entries)
}

function objectFrom(text: string): JsonObject {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`This is not JSON: ${errorText(error)}`, { cause: error })
  }
  if (!isObject(value as Json)) throw new Error('This must be a JSON object, such as {"desk": "9"}.')
  return value as JsonObject
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The merge patch (RFC 7396) that makes one object of another. Throws where null is a value, which a patch cannot say. */
export function mergePatch(before: JsonObject, after: JsonObject): JsonObject {
  const patch = new Map<string, Json>()
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) patch.set(name, null)
  for (const [name, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined
    if (JSON.stringify(old) === JSON.stringify(value)) continue
    if (value === null) throw new Error(`${name} is null: leave it out to empty it.`)
    patch.set(name, isObject(value) ? mergePatch(isObject(old) ? old : {}, value) : value)
  }
  return Object.fromEntries(patch)
}
