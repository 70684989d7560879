import { NAME_LENGTH_MAX, SHORT_TEXT_LENGTH_MAX } from '../../core/limits.ts'
import { describedMembers, describedSchemas } from '../meaning.ts'
import type { Operation, Refusal, Schema } from '../operation.ts'
import * as parameter from '../parameter.ts'
import * as shape from '../shape.ts'
import type { Shape } from '../shape.ts'
import { bodyRefusals, CHANGED, JSON_TYPE } from './description.ts'
import { BRANCH, CUSTOMER, EXAMPLE_CUSTOMER } from './customer.ts'
import { CUSTOMER_PATCH_MEANINGS, FOREST_MEANINGS, NEW_CUSTOMER_MEANINGS } from './meaning/customer.ts'
import { LISTED_MEANINGS, PAGE_MEANINGS } from './meaning/list.ts'
import { MERGE_PATCH_TYPE, type Promised } from './user-operation.ts'

// How long it may be, when it is normal, is the core's to say.
function text(maxLength: number): Shape<string> {
  const { schema, read } = shape.string()
  return { schema: { ...schema, minLength: 1, maxLength }, read }
}

const code = text(SHORT_TEXT_LENGTH_MAX)
const name = text(NAME_LENGTH_MAX)
const parentId = shape.nullable(shape.integer({ min: 1 }))

/** What a writer says of a new customer. */
export const CUSTOMER_DRAFT = shape.object(
  describedMembers(NEW_CUSTOMER_MEANINGS, {
    id: shape.optional(shape.integer({ min: 1 })),
    code,
    name: shape.optional(name),
    parentId: shape.optional(parentId),
  }),
)

/** What a merge patch can say of a customer; another parentId moves it with all below it. */
export const CUSTOMER_PATCH = shape.object(
  describedMembers(CUSTOMER_PATCH_MEANINGS, {
    code: shape.optional(code),
    name: shape.optional(name),
    parentId: shape.optional(parentId),
  }),
)

/** The part of the forest to list. */
export const FOREST_PARAMETERS = {
  root: parameter.integer({
    description: 'Only this customer and all below it.',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: undefined,
  }),
}

const PAGE_SIZE_MAX = 1000

/** How the flat list is paged. */
export const CUSTOMER_LIST_PARAMETERS = {
  ...FOREST_PARAMETERS,
  limit: parameter.integer({ description: 'Customers on a page.', min: 1, max: PAGE_SIZE_MAX, otherwise: 100 }),
  offset: parameter.integer({
    description: 'Customers to skip.',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: 0,
  }),
}

const count: Schema = { type: 'integer', minimum: 0 }

const PAGE: Schema = {
  type: 'object',
  properties: describedSchemas(PAGE_MEANINGS, {
    limit: { type: 'integer', minimum: 1, maximum: PAGE_SIZE_MAX },
    offset: count,
    hasMore: { type: 'boolean' },
  }),
  required: ['limit', 'offset', 'hasMore'],
  additionalProperties: false,
}

const NOT_FOUND: Refusal = { code: 'not_found', reason: 'subject', example: 'Customer not found.' }
const NO_ROOT: Refusal = {
  code: 'invalid',
  reason: 'value',
  example: 'There is no customer 77.',
  where: { in: 'query', name: 'root' },
}
const TAKEN: Refusal = {
  code: 'conflict',
  reason: 'taken',
  example: 'The code is in use.',
  where: { in: 'body', name: 'code' },
}
const NO_PARENT: Refusal = {
  code: 'invalid',
  reason: 'value',
  example: 'There is no customer 77.',
  where: { in: 'body', name: 'parentId' },
}
const NO_ROOTS: Refusal = {
  code: 'forbidden',
  reason: 'scope',
  example: 'Only a caller who sees everything can have a customer without a parent.',
}
const WRITE_REFUSALS = [
  ...bodyRefusals('code must be of type string, not integer.', { name: 'code', expected: 'string', actual: 'integer' }),
  NO_PARENT,
  NO_ROOTS,
  TAKEN,
]

const ONE: Operation['responses'][number] = {
  status: 200,
  description: 'The customer.',
  mediaType: JSON_TYPE,
  schema: CUSTOMER,
  example: EXAMPLE_CUSTOMER,
  headers: ['ETag'],
}

/** `GET /v1/customers`. */
export const LIST_CUSTOMERS: Promised = {
  id: 'listCustomers',
  summary: 'List customers',
  description:
    'All the caller may see, parents before children, siblings by id, each with its number of live users. The Link header ' +
    'names the pages around this one.',
  responses: [
    {
      status: 200,
      description: 'A page of customers.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'CustomerList',
        type: 'object',
        properties: describedSchemas(LISTED_MEANINGS, {
          customers: { type: 'array', items: CUSTOMER },
          page: PAGE,
          total: count,
          revision: count,
        }),
        required: ['customers', 'page', 'total', 'revision'],
        additionalProperties: false,
      },
      example: {
        customers: [EXAMPLE_CUSTOMER],
        page: { limit: 1, offset: 2, hasMore: true },
        total: 6,
        revision: 42,
      },
      headers: ['Link'],
    },
  ],
  refusals: [NO_ROOT],
}

/** `GET /v1/customers/tree`. */
export const CUSTOMER_TREE: Promised = {
  id: 'getCustomerTree',
  summary: 'Read the tree of customers',
  description: 'The same customers, each with its children in it.',
  responses: [
    {
      status: 200,
      description: 'The forest, or the tree below root.',
      mediaType: JSON_TYPE,
      schema: {
        title: 'CustomerTree',
        type: 'object',
        properties: describedSchemas(FOREST_MEANINGS, { customers: { type: 'array', items: BRANCH }, revision: count }),
        required: ['customers', 'revision'],
        additionalProperties: false,
      },
      example: { customers: [{ ...EXAMPLE_CUSTOMER, children: [] }], revision: 42 },
    },
  ],
  refusals: [NO_ROOT],
}

/** `GET /v1/customers/{customerId}`. */
export const GET_CUSTOMER: Promised = {
  id: 'getCustomer',
  summary: 'Get one customer',
  responses: [ONE],
  refusals: [NOT_FOUND],
}

/** `POST /v1/customers`. */
export const CREATE_CUSTOMER: Promised = {
  id: 'createCustomer',
  summary: 'Create a customer',
  description: 'Without an id it gets the next free one, without a name its code. Without parentId it is a root.',
  body: {
    required: true,
    content: {
      [JSON_TYPE]: {
        schema: { title: 'CustomerDraft', ...CUSTOMER_DRAFT.schema },
        example: { code: 'company-sub', name: 'Company Subsidiary', parentId: 1234 },
      },
    },
  },
  responses: [{ ...ONE, status: 201, description: 'The new customer.', headers: ['ETag', 'Location'] }],
  refusals: WRITE_REFUSALS,
}

/** `PATCH /v1/customers/{customerId}`. */
export const PATCH_CUSTOMER: Promised = {
  id: 'updateCustomer',
  summary: 'Rename or move a customer',
  description: 'A JSON merge patch (RFC 7396). A move takes along all that is below; below itself it is refused.',
  body: {
    required: true,
    content: {
      [MERGE_PATCH_TYPE]: {
        schema: { title: 'CustomerPatch', ...CUSTOMER_PATCH.schema },
        example: { parentId: 2000 },
      },
    },
  },
  responses: [ONE],
  refusals: [
    NOT_FOUND,
    ...WRITE_REFUSALS,
    {
      code: 'conflict',
      reason: 'cycle',
      example: 'A customer cannot be moved below itself.',
      where: { in: 'body', name: 'parentId' },
    },
    CHANGED,
  ],
}

/** `DELETE /v1/customers/{customerId}`. */
export const DELETE_CUSTOMER: Promised = {
  id: 'deleteCustomer',
  summary: 'Remove a customer',
  description: 'Only one without users, live or deleted, and without customers below it.',
  responses: [{ status: 204, description: 'It is gone.', mediaType: null }],
  refusals: [
    NOT_FOUND,
    { code: 'conflict', reason: 'in_use', example: 'The customer still has users or customers below it.' },
    CHANGED,
  ],
}
