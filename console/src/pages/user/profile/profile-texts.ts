import type { Json, User, UserDraft } from '@rollcall/sdk'
import { isObject, type JsonObject } from '../../../json-object.ts'
import { errorText } from '../../../text/error-text.ts'
import { entriesFrom, entriesText } from './entries-text.ts'
import { mergePatch } from './merge-patch.ts'
import { PROFILE_FIELDS, type ProfileField } from './profile-fields.ts'

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
      return entriesText(value as Readonly<Record<string, string>>)
    case 'json':
      return Object.keys(value).length === 0 ? '' : JSON.stringify(value, null, 2)
    default:
      return typeof value === 'string' ? value : JSON.stringify(value)
  }
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

function objectFrom(text: string): JsonObject {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`This is not JSON: ${errorText(error)}`, { cause: error })
  }
  if (!isObject(value)) throw new Error('This must be a JSON object, such as {"desk": "9"}.')
  return value
}
