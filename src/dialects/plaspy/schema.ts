import { about, describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { ENVELOPE_MEANINGS, TAG_MEANING, USER_MEANINGS } from './meaning.ts'
import type { WireUser } from './user.ts'

const text: Schema = { type: 'string' }
const optionalText: Schema = { type: ['string', 'null'] }
const dateTime: Schema = { type: 'string', format: 'date-time' }
const optionalDateTime: Schema = { type: ['string', 'null'], format: 'date-time' }

const USER: Readonly<Record<keyof WireUser, Schema>> = describedSchemas(USER_MEANINGS, {
  id: { type: 'string', pattern: '^usr-[1-9][0-9]*$' },
  name: text,
  email: optionalText,
  country: optionalText,
  timeZone: optionalText,
  description: optionalText,
  message: optionalText,
  disabled: { type: 'boolean' },
  disabledMessage: optionalText,
  tags: { type: 'object', additionalProperties: about(text, TAG_MEANING) },
  privileges: { type: 'array', items: text },
  group: optionalText,
  deviceId: optionalText,
  adminDevices: { type: ['integer', 'null'], minimum: 0 },
  from: optionalDateTime,
  expires: optionalDateTime,
  password: { type: 'null' },
  creation: dateTime,
  modification: dateTime,
  lastLogin: optionalDateTime,
})

/** A user as an answer has it. */
const userSchema: Schema = { type: 'object', properties: USER, required: Object.keys(USER) }

const count: Schema = { type: 'integer', minimum: 0 }

/** The envelope's members with others beside them. */
export function envelopeSchema(members: Readonly<Record<string, Schema>>): Schema {
  const envelope = { success: { type: 'boolean' }, apiUsage: count, apiDailyUsage: count }
  const properties = { ...describedSchemas(ENVELOPE_MEANINGS, envelope), ...members }
  return { type: 'object', properties, required: Object.keys(properties) }
}

/** The envelope's members and a user's side by side. */
export const flatSchema = envelopeSchema(USER)

/** The envelope around all users. */
export const listSchema = envelopeSchema(
  describedSchemas(ENVELOPE_MEANINGS, { users: { type: 'array', items: userSchema } }),
)

/** The envelope around names by what they are the names of. */
export function namesSchema(member: 'countries' | 'timeZones', name: string): Schema {
  const names: Schema = { type: 'object', additionalProperties: about(text, name) }
  return envelopeSchema({ [member]: about(names, ENVELOPE_MEANINGS[member]) })
}

/** The user of the vendor's page. */
export const exampleUser: WireUser = {
  id: 'usr-12345',
  name: 'John Doe',
  email: 'john.doe@example.com',
  country: 'USA',
  timeZone: 'America/New_York',
  description: 'System Administrator',
  message: null,
  disabled: false,
  disabledMessage: null,
  tags: { role: 'admin' },
  privileges: ['read', 'write', 'execute'],
  group: 'Admins',
  deviceId: 'dev-67890',
  adminDevices: 5,
  from: '2023-01-01T00:00:00Z',
  expires: '2024-01-01T00:00:00Z',
  password: null,
  creation: '2023-01-01T00:00:00Z',
  modification: '2023-06-01T00:00:00Z',
  lastLogin: '2024-05-01T00:00:00Z',
}

/** The envelope of the vendor's page around other members. */
export function exampleAnswer(members: object): object {
  return { success: true, apiUsage: 150, apiDailyUsage: 15, ...members }
}
