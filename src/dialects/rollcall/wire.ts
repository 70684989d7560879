import type { Dialect, Route } from '../dialect.ts'
import { JSON_TYPE } from './description.ts'
import { idOf, json, route } from './route.ts'
import { renderUser } from './user.ts'
import { EXAMPLE_USER } from './user-schema.ts'
import { EXAMPLE_WIRE } from './wire-example.ts'

const OWN = 'rollcall'

/** `GET /v1/users/{id}/wire`: the object that each of the other dialects, and this one, has for a user in its list. */
export function wireRoute(others: readonly Dialect[]): Route {
  return route({
    method: 'GET',
    path: '/v1/users/:id/wire',
    access: 'users:read',
    cacheable: true,
    parameters: {},
    operation: {
      id: 'getUserWire',
      summary: 'See a user as each dialect shows it',
      description:
        'By the name of the dialect the very object that its list has for the user and this caller. A deleted user ' +
        'is not found here, also where the setting dialects.alvys.deletedUsers has the lists of Alvys show one.',
      responses: [
        {
          status: 200,
          description: 'The user, once for each dialect.',
          mediaType: JSON_TYPE,
          schema: {
            title: 'UserWire',
            type: 'object',
            properties: Object.fromEntries(
              [...others, { name: OWN }].map(({ name }) => [
                name,
                { type: 'object', description: `As /openapi/${name}.json has it.`, additionalProperties: true },
              ]),
            ),
            required: [...others.map(({ name }) => name), OWN],
            additionalProperties: false,
          },
          example: exampleOf(others),
        },
      ],
      refusals: [{ code: 'not_found', reason: 'subject', example: 'User not found.' }],
    },
    answer: async (call) => {
      const { view, principal } = call
      const user = await view.user({ id: idOf(call, 'User') })
      const shown: Record<string, unknown> = {}
      for (const { name, showUser } of others) if (showUser) shown[name] = await showUser(user, view)
      return json(200, { ...shown, [OWN]: renderUser(user, principal) })
    },
  })
}

function exampleOf(others: readonly Dialect[]): object {
  return { ...Object.fromEntries(others.map(({ name }) => [name, EXAMPLE_WIRE[name]])), [OWN]: EXAMPLE_USER }
}
