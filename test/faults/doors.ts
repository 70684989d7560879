import assert from 'node:assert/strict'
import type { RawAnswer, RawRequest } from '../request.ts'

type Json = Readonly<Record<string, unknown>>

/** One dialect: a list to ask for, and what it says while it cannot answer. */
export interface Door {
  readonly name: string
  readonly list: RawRequest
  /** The users in the body of a list. */
  readonly users: (body: unknown) => unknown
  /** Whether a list goes out before all of it is read, so that only its end can say that it failed. */
  readonly isStreamed: boolean
  readonly refusal: { readonly type: RegExp; readonly members: Json }
}

const JSON_TYPE = /^application\/json\b/
const PROBLEM_TYPE = /^application\/problem\+json\b/
const member = (name: string) => (body: unknown) => (body as Json)[name]

/** All six. */
export const DOORS: readonly Door[] = [
  {
    name: 'rollcall',
    list: { method: 'GET', path: '/v1/users?limit=20&sort=familyName' },
    users: member('users'),
    isStreamed: false,
    refusal: {
      type: PROBLEM_TYPE,
      members: { type: 'https://iana.org/assignments/http-problem-types#temporary-reduced-capacity', status: 503 },
    },
  },
  {
    name: 'alvys',
    list: { method: 'GET', path: '/api/p/v1/users/list' },
    users: (body) => body,
    isStreamed: true,
    refusal: { type: PROBLEM_TYPE, members: { title: 'Service Unavailable', status: 503 } },
  },
  {
    name: 'nameshield',
    list: { method: 'GET', path: '/user/v1/users?limit=20' },
    users: (body) => member('results')(member('data')(body)),
    isStreamed: false,
    refusal: { type: JSON_TYPE, members: { message: 'Service Unavailable' } },
  },
  {
    name: 'd3lay',
    list: { method: 'GET', path: '/users?page_size=20' },
    users: (body) => body,
    isStreamed: false,
    refusal: { type: JSON_TYPE, members: { code: 'unavailable' } },
  },
  {
    name: 'devrev',
    list: {
      method: 'POST',
      path: '/sys-users.list',
      body: '{"limit":20}',
      headers: { 'content-type': 'application/json' },
    },
    users: member('sys_users'),
    isStreamed: false,
    refusal: { type: JSON_TYPE, members: { type: 'service_unavailable' } },
  },
  {
    name: 'plaspy',
    list: { method: 'GET', path: '/api/users' },
    users: member('users'),
    isStreamed: true,
    refusal: { type: JSON_TYPE, members: { success: false } },
  },
]

/** What may be answered while a database is away: the users, or in the dialect's own words that they come later. */
export type Verdict = 'good' | 'unavailable'

/** Judges the answer to a door's list. Throws for any that may not be. */
export function judge(door: Door, answer: RawAnswer): Verdict {
  if (answer.status !== 200) return assertUnavailable(door, answer)
  const users = door.users(JSON.parse(answer.text))
  assert.ok(Array.isArray(users) && users.length > 0, `${door.name}: ${answer.text.slice(0, 200)}`)
  return 'good'
}

/** Throws unless an answer is a 503 in the dialect's shape that says when to come back. */
export function assertUnavailable({ name, refusal }: Door, { status, headers, text }: RawAnswer): 'unavailable' {
  assert.equal(status, 503, `${name}: ${text.slice(0, 500)}`)
  assert.match(headers['retry-after'] ?? '', /^[1-9]\d*$/, name)
  assert.match(headers['content-type'] ?? '', refusal.type, name)
  const body = JSON.parse(text) as Json
  for (const [key, value] of Object.entries(refusal.members)) assert.equal(body[key], value, `${name}: ${text}`)
  // What went on between node and database is for the log alone.
  assert.doesNotMatch(text, /postgres|ECONN|SELECT|terminat|node:/i, name)
  return 'unavailable'
}
