import { DOCUMENT_FIELDS } from '../../core/document.ts'
import { DirectoryError, invalid, type Where } from '../../core/error.ts'
import { FIELDS, fieldFrom, METADATA_FIELDS, type Field, type FieldName } from '../../core/field.ts'
import { may, type Principal } from '../../core/principal.ts'
import type { SortField, SortKey } from '../../core/sort.ts'
import { excerpt } from '../parameter.ts'

/** A member of a user as `/v1` writes it. */
export type UserMember = (typeof DOCUMENT_FIELDS)[number]

const METADATA_MEMBERS = new Set<string>([...METADATA_FIELDS, 'createdByName', 'updatedByName'])
const LISTS: ReadonlySet<string> = new Set(['phones', 'permissions', 'tags', 'attributes'])

const OPEN_MEMBERS = DOCUMENT_FIELDS.filter((member) => !METADATA_MEMBERS.has(member))

/** Every field a list can be sorted by. */
const SORT_FIELDS = [
  ...(Object.keys(FIELDS) as FieldName[]).filter((name) => !LISTS.has(name)),
  'phone',
  'createdByName',
  'updatedByName',
] as readonly SortField[]

const NAMES = Object.keys(FIELDS) as FieldName[]
const BY_LOWER_NAME = new Map(NAMES.map((name) => [name.toLowerCase(), name]))

/** The members of a user the caller may read, in the order in which they are written. */
export function readableMembers(principal: Principal): readonly UserMember[] {
  return may(principal, 'users:read-metadata') ? DOCUMENT_FIELDS : OPEN_MEMBERS
}

/**
 * The field a filter names, whatever the letter case (RFC 7644 §3.4.2.2); entries of maps are `tags.role`. Throws
 * `invalid` for a field there is not, `forbidden` for one the caller may not read.
 */
export function filterField(written: string, principal: Principal, where: Where): Field {
  const dot = written.indexOf('.')
  const name = BY_LOWER_NAME.get((dot < 0 ? written : written.slice(0, dot)).toLowerCase())
  const field = name === undefined ? undefined : fieldFrom(dot < 0 ? name : name + written.slice(dot))
  if (field === undefined) throw unknownField(written, NAMES, where)
  assertReadable(field, 'Filtering', principal, where)
  return field
}

/** `familyName:desc`, `familyName:asc` or `familyName`. Throws like `filterField`. */
export function sortKey(written: string, principal: Principal, where: Where): SortKey {
  const colon = written.lastIndexOf(':')
  const name = colon < 0 ? written : written.slice(0, colon)
  const order = colon < 0 ? 'asc' : written.slice(colon + 1)
  const field = SORT_FIELDS.find((one) => one === name)
  if (field === undefined) throw unknownField(name, SORT_FIELDS, where)
  if (order !== 'asc' && order !== 'desc') {
    const value = excerpt(written)
    throw invalid('value', `The order of ${field} must be asc or desc.`, { ...where, value, allowed: ['asc', 'desc'] })
  }
  assertReadable(field, 'Sorting', principal, where)
  return { field, descending: order === 'desc' }
}

/** A member that `fields` names. Throws like `filterField`. */
export function userMember(written: string, principal: Principal, where: Where): UserMember {
  const member = DOCUMENT_FIELDS.find((one) => one === written)
  if (member === undefined) throw unknownField(written, DOCUMENT_FIELDS, where)
  assertReadable(member, 'Reading', principal, where)
  return member
}

/** Throws `forbidden` for what only `users:read-metadata` reads; `doing` begins the sentence. */
export function assertReadable(field: string, doing: string, principal: Principal, where: Where): void {
  if (!METADATA_MEMBERS.has(field) || may(principal, 'users:read-metadata')) return
  const permission = 'users:read-metadata'
  const message = `${doing} by ${field} needs the permission ${permission}.`.replace('Reading by', 'Reading')
  throw new DirectoryError('forbidden', message, { reason: 'permission', permission, where })
}

function unknownField(written: string, allowed: readonly string[], where: Where): DirectoryError {
  return invalid('unknown', `There is no field ${excerpt(written)}.`, { ...where, value: excerpt(written), allowed })
}
