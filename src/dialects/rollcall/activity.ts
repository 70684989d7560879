import { ACTIVITY_DAYS_MAX } from '../../core/limits.ts'
import { TOKEN_USES } from '../../core/token.ts'
import type { Route } from '../dialect.ts'
import { describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import * as parameter from '../parameter.ts'
import { linesEach, linesTogether } from './activity-lines.ts'
import { JSON_TYPE } from './description.ts'
import { ACTIVITY_MEANINGS, POLICY_MEANINGS, TOKEN_ACTIVITY_MEANINGS } from './meaning/server.ts'
import { atRevision } from './revision.ts'
import { json, route } from './route.ts'
import { EXAMPLE_USER } from './user-schema.ts'

const counts: Schema = { type: 'array', items: { type: 'integer', minimum: 0 } }

const TOKEN: Schema = {
  title: 'TokenActivity',
  type: 'object',
  properties: describedSchemas(TOKEN_ACTIVITY_MEANINGS, {
    id: { type: ['string', 'null'], format: 'uuid' },
    name: { type: 'string' },
    use: { type: 'string', enum: TOKEN_USES },
    userId: { type: 'string', format: 'uuid' },
    sessions: { type: ['integer', 'null'], minimum: 1 },
    requests: counts,
    limited: counts,
  }),
  required: ['id', 'name', 'use', 'userId', 'sessions', 'requests', 'limited'],
  additionalProperties: false,
}

const POLICY: Schema = {
  title: 'RateLimitPolicy',
  type: 'object',
  properties: describedSchemas(POLICY_MEANINGS, {
    dialect: { type: 'string' },
    name: { type: 'string' },
    requests: { type: 'integer', minimum: 1 },
    windowS: { type: 'integer', minimum: 1 },
    per: { type: 'string', enum: ['token', 'user', 'organisation'] },
  }),
  required: ['dialect', 'name', 'requests', 'windowS', 'per'],
  additionalProperties: false,
}

const EXAMPLE = {
  days: ['2026-11-21', '2026-11-22'],
  tokens: [
    {
      id: '0190d9e4-7a51-7b54-9c1e-5a6f0f4c2d11',
      name: 'nightly export',
      use: 'bearer',
      userId: EXAMPLE_USER.id,
      sessions: null,
      requests: [1042, 17],
      limited: [3, 0],
    },
    {
      id: null,
      name: 'browser sessions',
      use: 'session',
      userId: EXAMPLE_USER.id,
      sessions: 3,
      requests: [120, 45],
      limited: [0, 0],
    },
  ],
  policies: [{ dialect: 'all', name: 'default', requests: 6000, windowS: 60, per: 'token' }],
  revision: 57,
}

/** `GET /v1/activity`: requests by token and day, and the limits they are counted against. */
export const activityRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/activity',
    access: 'audit:read',
    parameters: {
      from: parameter.text({ description: 'The first UTC day; 29 days before the last when absent.', lengthMax: 10 }),
      to: parameter.text({ description: 'The last UTC day; today when absent.', lengthMax: 10 }),
      sessions: parameter.choice({
        description: 'Whether the browser sessions of a user are together in one line, or each has its own.',
        of: ['together', 'each'],
        otherwise: 'together',
      }),
    },
    operation: {
      id: 'getActivity',
      summary: 'See who asks how much',
      description:
        `Requests by token and UTC day, for at most ${ACTIVITY_DAYS_MAX} days, which is how long they are kept. Only tokens the ` +
        'caller may see are in it, and of these the ones there was a request with. The browser sessions of a user are one line, ' +
        'named browser sessions and without an id, unless each is asked for. What was asked within the last second may be ' +
        'missing. policies are the rate limits in force. Counts grow with every request: there is no ETag, and nothing is kept (no-store).',
      responses: [
        {
          status: 200,
          description: 'The activity.',
          mediaType: JSON_TYPE,
          schema: {
            title: 'Activity',
            type: 'object',
            properties: describedSchemas(ACTIVITY_MEANINGS, {
              days: { type: 'array', items: { type: 'string', format: 'date' } },
              tokens: { type: 'array', items: TOKEN },
              policies: { type: 'array', items: POLICY },
              revision: { type: 'integer', minimum: 0 },
            }),
            required: ['days', 'tokens', 'policies', 'revision'],
            additionalProperties: false,
          },
          example: EXAMPLE,
        },
      ],
      refusals: [
        {
          code: 'invalid',
          reason: 'format',
          example: 'from must be a day such as 2026-11-22.',
          where: { in: 'query', name: 'from', allowed: 'a day such as 2026-11-22' },
        },
      ],
    },
    answer: async ({ view, server }, { from, to, sessions }) => {
      const { revision, ...activity } = await atRevision(view, () => view.activity(from, to))
      const tokens = sessions === 'each' ? linesEach(activity) : linesTogether(activity)
      return json(200, { days: activity.days, tokens, policies: server.policies, revision })
    },
  }),
]
