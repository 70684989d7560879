import { REVISION_MEANING } from './revision.ts'

/** What was asked of the server, and what may be. */
export const ACTIVITY_MEANINGS = {
  days: 'The UTC days, oldest first.',
  tokens: 'The tokens there was a request with, each with its numbers.',
  policies: 'The rate limits in force.',
  revision: REVISION_MEANING,
} as const

/** What was asked with one token. */
export const TOKEN_ACTIVITY_MEANINGS = {
  id: 'The id of the token; null for sessions together.',
  name: 'What the token is called.',
  use: 'What the token is for.',
  userId: 'The id of the user the token belongs to.',
  sessions: 'How many sessions of the user are together in this; null for one token.',
  requests: 'Requests by day, in the order of days; those refused are among them.',
  limited: 'Those among them that a rate limit refused, by day.',
} as const

/** One rate limit. */
export const POLICY_MEANINGS = {
  dialect: 'The dialect whose operations it is for; `all` is one policy for all others.',
  name: 'What the limit is called in the RateLimit headers.',
  requests: 'How many requests may be made within the window.',
  windowS: 'How long the window is, in seconds.',
  per: 'What requests are counted together by.',
} as const

/** The settings of the server. */
export const SETTINGS_MEANINGS = {
  version: 'The version of the server.',
  engine: 'The database that keeps the directory.',
  settings: 'Every setting there is.',
} as const

/** One setting. */
export const SETTING_MEANINGS = {
  name: 'The member of the configuration file.',
  value: 'What is in force; passwords and secrets are masked.',
  origin: 'Where it was set.',
  description: 'What the setting is for.',
} as const
