import type { Person } from '../../core/directory.ts'
import type { SortField } from '../../core/sort.ts'
import type { User } from '../../core/user.ts'
import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { PERSON_MEANINGS, USER_MEANINGS } from './meaning.ts'
import type { OffsetTime } from './offset-time.ts'

/** A user on the wire, members in the order of the page. What is unknown is null, never absent. */
export interface WireUser {
  readonly id: string
  readonly firstname: string | null
  readonly lastname: string | null
  readonly email: string | null
  readonly language: string | null
  readonly phone: string | null
  readonly customer_id: number
  readonly expires_at: string | null
  readonly last_login_at: string | null
  readonly created_at: string
  readonly created_by: WirePerson | null
  readonly updated_at: string
  readonly updated_by: WirePerson | null
}

/** Who created or last updated a user. */
export interface WirePerson {
  readonly id: string
  readonly firstname: string | null
  readonly lastname: string | null
}

/** What rendering needs besides the user: who the authors are (nobody, where the caller may not see them), and dates. */
export interface RenderContext {
  readonly authors: ReadonlyMap<string, Person>
  /** Whether the caller may see createdBy and updatedBy. */
  readonly metadata: boolean
  readonly time: OffsetTime
}

/** A user as this dialect writes it. Pure. */
export function renderUser(user: User, context: RenderContext): WireUser {
  const { time } = context
  return {
    id: user.id,
    firstname: user.givenName,
    lastname: user.familyName,
    email: user.email,
    language: user.language,
    phone: user.phones[0] ?? null,
    customer_id: user.customerId,
    expires_at: user.expiresAt === null ? null : time(user.expiresAt),
    last_login_at: user.lastLoginAt === null ? null : time(user.lastLoginAt),
    created_at: time(user.createdAt),
    created_by: renderPerson(user.createdBy, context),
    updated_at: time(user.updatedAt),
    updated_by: renderPerson(user.updatedBy, context),
  }
}

function renderPerson(id: string | null, { authors, metadata }: RenderContext): WirePerson | null {
  if (id === null || !metadata) return null
  const person = authors.get(id)
  return { id, firstname: person?.givenName ?? null, lastname: person?.familyName ?? null }
}

/** The members of a user, all of them sortable, and what each sorts by. */
export const SORT_FIELDS = {
  id: 'id',
  firstname: 'givenName',
  lastname: 'familyName',
  email: 'email',
  language: 'language',
  phone: 'phone',
  customer_id: 'customerId',
  expires_at: 'expiresAt',
  last_login_at: 'lastLoginAt',
  created_at: 'createdAt',
  created_by: 'createdByName',
  updated_at: 'updatedAt',
  updated_by: 'updatedByName',
} as const satisfies Record<keyof WireUser, SortField>

const nullableText: Schema = { type: ['string', 'null'] }
const dateTime: Schema = { type: 'string', format: 'date-time' }
const nullableDateTime: Schema = { type: ['string', 'null'], format: 'date-time' }
const uuid: Schema = { type: 'string', format: 'uuid' }

const person: Schema = {
  anyOf: [
    {
      type: 'object',
      properties: describedSchemas(PERSON_MEANINGS, { id: uuid, firstname: nullableText, lastname: nullableText }),
      required: ['id', 'firstname', 'lastname'],
    },
    { type: 'null' },
  ],
}

const PROPERTIES: Readonly<Record<keyof WireUser, Schema>> = describedSchemas(USER_MEANINGS, {
  id: uuid,
  firstname: nullableText,
  lastname: nullableText,
  email: { ...nullableText, format: 'email' },
  language: nullableText,
  phone: nullableText,
  customer_id: { type: 'integer', minimum: 1 },
  expires_at: nullableDateTime,
  last_login_at: nullableDateTime,
  created_at: dateTime,
  created_by: person,
  updated_at: dateTime,
  updated_by: person,
})

/** The schema of `WireUser`. */
export const USER_SCHEMA: Schema = { type: 'object', properties: PROPERTIES, required: Object.keys(PROPERTIES) }
