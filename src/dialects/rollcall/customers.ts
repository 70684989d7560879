import type { Customer } from '../../core/customer.ts'
import { invalid, notFound } from '../../core/error.ts'
import type { Answer, Call, Route } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { ifMatch } from './condition.ts'
import { customerTag, wireCustomers } from './customer.ts'
import * as operation from './customer-operation.ts'
import { IF_MATCH } from './description.ts'
import { linksTo, offsetLinks } from './links.ts'
import { ACCEPT_PATCH } from './problem.ts'
import { json, route } from './route.ts'
import { MERGE_PATCH_TYPE } from './user-operation.ts'

/** The forest of customers: read flat or as a tree, created, renamed, moved, removed. */
export const customerRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/customers',
    access: 'customers:read',
    cacheable: true,
    parameters: operation.CUSTOMER_LIST_PARAMETERS,
    operation: operation.LIST_CUSTOMERS,
    answer: async (call, { root, limit, offset }) => {
      const revision = await call.view.revision()
      const { tree, render } = await wireCustomers(call.view)
      if (root !== undefined && !tree.get(root)) throw noRoot(root)
      const all = tree.within(root)
      const total = all.length
      const customers = all.slice(offset, offset + limit).map(render)
      const hasMore = offset + limit < total
      const place = { offset, limit, hasAfter: hasMore, total, offsetMax: Number.MAX_SAFE_INTEGER }
      const link = offsetLinks(linksTo(call, '/v1/customers', ['offset']), place)
      return json(200, { customers, page: { limit, offset, hasMore }, total, revision }, { link })
    },
  }),
  route({
    method: 'GET',
    path: '/v1/customers/tree',
    access: 'customers:read',
    cacheable: true,
    parameters: operation.FOREST_PARAMETERS,
    operation: operation.CUSTOMER_TREE,
    answer: async (call, { root }) => {
      const revision = await call.view.revision()
      const { tree, branch } = await wireCustomers(call.view)
      const top = root === undefined ? undefined : tree.get(root)
      if (root !== undefined && !top) throw noRoot(root)
      const customers = (top ? [top] : tree.children(null)).map(branch)
      return json(200, { customers, revision })
    },
  }),
  route({
    method: 'POST',
    path: '/v1/customers',
    access: 'customers:write',
    idempotent: true,
    parameters: {},
    operation: operation.CREATE_CUSTOMER,
    answer: async (call) => {
      const customer = await call.view.createCustomer(readJson(call.body, operation.CUSTOMER_DRAFT))
      return customerAnswer(call, customer, 201, { location: `${call.origin}/v1/customers/${customer.id}` })
    },
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:customerId',
    access: 'customers:read',
    cacheable: true,
    parameters: {},
    operation: operation.GET_CUSTOMER,
    answer: async (call) => {
      const customer = (await call.view.customers()).get(customerIdOf(call))
      if (!customer) throw notFound('Customer')
      return customerAnswer(call, customer, 200, ACCEPT_PATCH)
    },
  }),
  route({
    method: 'PATCH',
    path: '/v1/customers/:customerId',
    access: 'customers:write',
    parameters: {},
    headers: [IF_MATCH],
    operation: operation.PATCH_CUSTOMER,
    answer: async (call) => {
      const id = customerIdOf(call)
      const patch = readJson(call.body, operation.CUSTOMER_PATCH, { mediaTypes: [MERGE_PATCH_TYPE] })
      return customerAnswer(call, await call.view.updateCustomer(id, patch, ifMatch(call)), 200)
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/customers/:customerId',
    access: 'customers:write',
    parameters: {},
    headers: [IF_MATCH],
    operation: operation.DELETE_CUSTOMER,
    answer: async (call) => {
      await call.view.removeCustomer(customerIdOf(call), ifMatch(call))
      return { status: 204, body: null }
    },
  }),
]

async function customerAnswer(
  call: Call,
  customer: Customer,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const { render } = await wireCustomers(call.view)
  const wire = render(customer)
  return json(status, wire, { etag: customerTag(wire), ...headers })
}

function customerIdOf(call: Call): number {
  const written = call.pathParameters['customerId'] ?? ''
  if (!/^[1-9]\d{0,15}$/.test(written)) throw notFound('Customer')
  return Number(written)
}

function noRoot(root: number) {
  return invalid('value', `There is no customer ${root}.`, { in: 'query', name: 'root' })
}
