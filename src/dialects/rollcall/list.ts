import type { Cursors } from '../../core/directory.ts'
import type { PageFacts } from '../../core/query.ts'
import type { Answer, Call, Route } from '../dialect.ts'
import { gluedList, listLinks, listTail } from './list-answer.ts'
import { LIST_PARAMETERS, readListBody, readListQuery, type ListInput } from './list-input.ts'
import {
  AS_JSON,
  LINKED_RESPONSES,
  LIST_REFUSALS,
  LIST_RESPONSES,
  QUERY_BODY,
  QUERY_REFUSALS,
} from './list-operation.ts'
import { planOf } from './list-request.ts'
import { ACCEPT_QUERY } from './problem.ts'
import { CONTENT_TYPE, route } from './route.ts'
import { renderUser } from './user.ts'

/** `GET /v1/users`, `QUERY /v1/users` (RFC 10008) and `POST /v1/users/query`: which users there are. */
export const listRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/users',
    access: 'users:read',
    cacheable: true,
    parameters: LIST_PARAMETERS,
    operation: {
      id: 'listUsers',
      summary: 'List users',
      description: 'Filtered, searched, sorted and paged. The Link header names the pages around this one.',
      responses: LINKED_RESPONSES,
      refusals: [...LIST_REFUSALS, { code: 'too_large', reason: 'url', example: 'The URL is too long.' }],
    },
    answer: async (call, parameters) => {
      const input = readListQuery(parameters)
      const { links, ...answer } = await answerList(call, input)
      return { status: 200, headers: { 'content-type': CONTENT_TYPE, link: links(), ...ACCEPT_QUERY }, ...answer }
    },
  }),
  route({
    method: 'QUERY',
    path: '/v1/users',
    access: 'users:read',
    cacheable: true,
    parameters: {},
    operation: {
      id: 'queryUsers',
      summary: 'List users by a JSON query',
      description: `A safe request with a body (RFC 10008). ${AS_JSON}`,
      body: QUERY_BODY,
      responses: LIST_RESPONSES,
      refusals: QUERY_REFUSALS,
    },
    answer: answerQuery,
  }),
  route({
    method: 'POST',
    path: '/v1/users/query',
    access: 'users:read',
    reads: true,
    parameters: {},
    operation: {
      id: 'queryUsersByPost',
      summary: 'List users by a JSON query, for clients that cannot send QUERY',
      description: AS_JSON,
      body: QUERY_BODY,
      responses: LIST_RESPONSES,
      refusals: QUERY_REFUSALS,
    },
    answer: answerQuery,
  }),
]

async function answerQuery(call: Call): Promise<Answer> {
  const { body, revision } = await answerList(call, readListBody(call.body))
  return { status: 200, headers: { 'content-type': CONTENT_TYPE, ...ACCEPT_QUERY }, body, revision }
}

async function answerList(call: Call, input: ListInput) {
  const { request, fields } = await planOf(input, call.view)
  const answer = (list: PageFacts & { readonly cursors: Cursors }, body: Answer['body']) => {
    return { body, revision: list.revision, links: () => listLinks(call, input, list) }
  }
  if (fields.length === 0) {
    const list = await call.view.documents(request)
    return answer(list, gluedList(list.documents, listTail(input, list)))
  }
  const list = await call.view.users(request)
  const users = JSON.stringify(list.users.map((user) => renderUser(user, call.principal, fields)))
  return answer(list, `{"users":${users},${listTail(input, list)}`)
}
