import type { ListRequest } from '../../core/directory.ts'
import { invalid } from '../../core/error.ts'
import { SORT_KEYS_MAX } from '../../core/limits.ts'
import type { SortKey } from '../../core/sort.ts'
import type { PublicCall, QueryPair } from '../dialect.ts'
import type { ParameterDescription } from '../operation.ts'
import { excerpt } from '../parameter.ts'
import { describedMembers } from '../meaning.ts'
import { choice, defaulted, integer, list, object, optional, string, type Shape } from '../shape.ts'
import { bodyOf } from './body.ts'
import { LIST_MEANINGS } from './meaning.ts'
import { STATE_RANKS } from './user.ts'

const LIMIT_MAX = 100
const LIMIT_DEFAULT = 50

// Both ids end in the user's number, and that is their order: SYSU-9 comes before SYSU-10.
const SORT_FIELDS = {
  created_date: { field: 'createdAt' },
  modified_date: { field: 'updatedAt' },
  display_id: { field: 'number' },
  display_name: { field: 'displayName' },
  full_name: { field: 'fullName' },
  email: { field: 'email' },
  state: { field: 'status', ranks: STATE_RANKS },
  id: { field: 'number' },
} as const satisfies Record<string, Omit<SortKey, 'descending'>>

const sortKey: Shape<SortKey> = {
  schema: { type: 'string', pattern: `^(${Object.keys(SORT_FIELDS).join('|')})(:(asc|desc))?$` },
  read(value, at) {
    const item = string().read(value, at)
    const [name = '', direction = 'asc', ...rest] = item.split(':')
    const known = Object.hasOwn(SORT_FIELDS, name) && (direction === 'asc' || direction === 'desc')
    if (known && rest.length === 0) {
      return { ...SORT_FIELDS[name as keyof typeof SORT_FIELDS], descending: direction === 'desc' }
    }
    throw invalid('unknown', `Users cannot be sorted by "${excerpt(item)}".`, {
      in: 'body',
      name: 'sort_by',
      allowed: Object.keys(SORT_FIELDS).flatMap((field) => [field, `${field}:asc`, `${field}:desc`]),
    })
  },
}

/** What a list can be asked, by GET and by POST. */
const MEMBERS = describedMembers(LIST_MEANINGS, {
  // How long a cursor may be is the core's to say: it grows with the sort keys.
  cursor: optional<string>({ schema: { type: 'string' }, read: string({ lengthMax: Infinity }).read }),
  limit: defaulted(integer({ min: 1, max: LIMIT_MAX }), LIMIT_DEFAULT),
  mode: defaulted(choice(['after', 'before']), 'after'),
  sort_by: optional(list(sortKey, { lengthMax: SORT_KEYS_MAX })),
})

/** The body of a POST. */
export const listShape = object(MEMBERS)

/** The query of a GET, which is read as such a body. */
export const listParameters = Object.entries(LIST_MEANINGS).map(([name, description]): ParameterDescription => {
  const { description: _, ...schema } = MEMBERS[name as keyof typeof MEMBERS].schema
  return { name, in: 'query', required: false, description, schema }
})

/** The core's question behind a list request: a POST's JSON body, or a GET's query as the same members. */
export function parseList(call: PublicCall): ListRequest {
  const asked = listShape.read(call.method === 'POST' ? bodyOf(call) : membersOf(call.query), '')
  const { cursor, limit, mode, sort_by: sort } = asked
  return { sort, page: { cursor, direction: mode, limit } }
}

// Query texts become the JSON values they stand for, so that both methods are read, and refused, by one shape.
function membersOf(query: readonly QueryPair[]): Readonly<Record<string, unknown>> {
  const members = new Map<string, unknown>()
  for (const [written, text] of query) {
    const name = /^sort_by\[\d{0,4}\]$/.test(written) ? 'sort_by' : written
    const value = name === 'sort_by' ? itemsOf(text) : name === 'limit' ? numberOf(text) : text
    const earlier = members.get(name)
    members.set(name, earlier === undefined ? value : [earlier, value].flat())
  }
  return Object.fromEntries(members)
}

// `a,b` and, as the official client writes lists, `"a:desc","b"`; an empty list is an empty text.
function itemsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',').map((item) => /^"(.*)"$/s.exec(item)?.[1] ?? item)
}

function numberOf(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
