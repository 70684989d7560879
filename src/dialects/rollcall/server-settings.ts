import { DirectoryError } from '../../core/error.ts'
import type { Principal } from '../../core/principal.ts'
import { SETTING_ORIGINS, type Route } from '../dialect.ts'
import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { JSON_TYPE } from './description.ts'
import { SETTING_MEANINGS, SETTINGS_MEANINGS } from './meaning/server.ts'
import { json, route } from './route.ts'

const SETTING: Schema = {
  title: 'Setting',
  type: 'object',
  properties: describedSchemas(SETTING_MEANINGS, {
    name: { type: 'string' },
    value: {},
    origin: { type: 'string', enum: SETTING_ORIGINS },
    description: { type: 'string' },
  }),
  required: ['name', 'value', 'origin', 'description'],
  additionalProperties: false,
}

/** `GET /v1/settings`: what the server was told, and by what. */
export const settingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/settings',
    access: 'admin',
    parameters: {},
    operation: {
      id: 'getSettings',
      summary: 'See the settings of the server',
      description:
        'Of the one that answers, as rollcall config prints them. For administrators who see everything. They are no part of the ' +
        'directory: there is no revision and no ETag, and nothing is kept (no-store).',
      responses: [
        {
          status: 200,
          description: 'The settings.',
          mediaType: JSON_TYPE,
          schema: {
            title: 'Settings',
            type: 'object',
            properties: describedSchemas(SETTINGS_MEANINGS, {
              version: { type: 'string' },
              engine: { type: 'string', enum: ['sqlite', 'postgres'] },
              settings: { type: 'array', items: SETTING },
            }),
            required: ['version', 'engine', 'settings'],
            additionalProperties: false,
          },
          example: {
            version: '0.1.0',
            engine: 'sqlite',
            settings: [
              {
                name: 'port',
                value: 8080,
                origin: 'default',
                description: 'The port to listen on; 0 takes any free one.',
              },
            ],
          },
        },
      ],
      refusals: [
        { code: 'forbidden', reason: 'scope', example: 'The settings concern everybody; this token sees a part.' },
      ],
    },
    answer: ({ principal, server }) => {
      assertSeesAll(principal)
      const { version, engine, settings } = server
      return Promise.resolve(json(200, { version, engine, settings }))
    },
  }),
]

function assertSeesAll({ scope }: Principal): void {
  if (scope === 'all') return
  const message = 'The settings concern everybody; this token sees a part.'
  throw new DirectoryError('forbidden', message, { reason: 'scope' })
}
