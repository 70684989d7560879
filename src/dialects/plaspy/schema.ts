import type { Schema } from '../operation.ts'
import type { WireUser } from './user.ts'

const text: Schema = { type: 'string' }
const optionalText: Schema = { type: ['string', 'null'] }
const dateTime: Schema = { type: 'string', format: 'date-time' }
const optionalDateTime: Schema = { type: ['string', 'null'], format: 'date-time' }

const USER: Readonly<Record<keyof WireUser, Schema>> = {
  id: { type: 'string', pattern: '^usr-[1-9][0-9]*$' },
  name: text,
  email: optionalText,
  country: optionalText,
  timeZone: { ...optionalText, description: 'IANA name.' },
  description: optionalText,
  message: optionalText,
  disabled: { type: 'boolean' },
  disabledMessage: optionalText,
  tags: { type: 'object', additionalProperties: text },
  privileges: { type: 'array', items: text },
  group: optionalText,
  deviceId: optionalText,
  adminDevices: { type: ['integer', 'null'] },
  from: optionalDateTime,
  expires: optionalDateTime,
  password: { type: 'null', description: 'Never shown.' },
  creation: dateTime,
  modification: dateTime,
  lastLogin: optionalDateTime,
}

/** A user as an answer has it. */
export const userSchema: Schema = { type: 'object', properties: USER, required: Object.keys(USER) }

/** The envelope's members with others beside them. */
export function envelopeSchema(members: Readonly<Record<string, Schema>>): Schema {
  const properties = {
    success: { type: 'boolean' },
    apiUsage: { type: 'integer', description: 'Requests of the caller in all, this one included.' },
    apiDailyUsage: { type: 'integer', description: 'Requests of the caller since 00:00 UTC, this one included.' },
    ...members,
  }
  return { type: 'object', properties, required: Object.keys(properties) }
}

/** The envelope's members and a user's side by side. */
export const flatSchema = envelopeSchema(USER)

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
