import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { PAGE_MEANINGS, USER_MEANINGS } from './meaning.ts'
import { PAGE_SIZE_MAX } from './search.ts'
import { inCase, STATUSES, USER_TYPES, type FieldCase } from './user.ts'

const dateTime: Schema = { type: 'string', format: 'date-time' }

const text: Schema = { type: 'string' }

const MEMBERS = describedSchemas(USER_MEANINGS, {
  id: { type: 'string', format: 'uuid' },
  userName: text,
  name: text,
  email: text,
  userType: { type: 'string', enum: USER_TYPES },
  role: text,
  phone: text,
  companyCode: text,
  status: { type: 'string', enum: STATUSES },
  permissions: { type: 'array', items: text },
  createdAt: dateTime,
  modifiedAt: dateTime,
})

const OPTIONAL = ['email', 'role', 'phone', 'companyCode']

/** The schema of a user in a letter case. */
export function userSchema(fieldCase: FieldCase): Schema {
  const required = Object.keys(MEMBERS).filter((name) => !OPTIONAL.includes(name))
  return objectSchema(fieldCase, MEMBERS, required)
}

/** The schema of a page of a search in a letter case. */
export function pageSchema(fieldCase: FieldCase): Schema {
  const count: Schema = { type: 'integer', minimum: 0 }
  const members = describedSchemas(PAGE_MEANINGS, {
    page: count,
    pageSize: { type: 'integer', minimum: 1, maximum: PAGE_SIZE_MAX },
    total: count,
    items: { type: 'array', items: userSchema(fieldCase) },
  })
  return objectSchema(fieldCase, members, Object.keys(members))
}

function objectSchema(fieldCase: FieldCase, members: Readonly<Record<string, Schema>>, required: string[]): Schema {
  const names = inCase(fieldCase, Object.fromEntries(required.map((name) => [name, true])))
  return {
    type: 'object',
    properties: inCase(fieldCase, members),
    required: Object.keys(names),
    additionalProperties: false,
  }
}

/** A user as an answer shows it. */
export function exampleUser(fieldCase: FieldCase): object {
  return inCase(fieldCase, {
    id: '018e9e1f-3a58-7c42-8d21-4be0c7a1d001',
    userName: 'dana.alvarez',
    name: 'Dana Alvarez',
    email: 'dana.alvarez@northwind.example',
    userType: 'Internal',
    role: 'Dispatcher',
    phone: '+13125550142',
    companyCode: 'northwind-logistics',
    status: 'Active',
    permissions: ['load:read', 'load:write', 'trip:read'],
    createdAt: '2024-04-02T08:42:31Z',
    modifiedAt: '2024-06-18T14:05:00Z',
  })
}
