import type { ListRequest } from '../../core/directory.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import { all, equal } from '../../core/filter.ts'
import { SEARCH_LENGTH_MAX, SEARCH_TERMS_MAX } from '../../core/limits.ts'
import { may, type Principal } from '../../core/principal.ts'
import { parseSearch, type Search } from '../../core/search.ts'
import type { SortKey } from '../../core/sort.ts'
import type { QueryPair } from '../dialect.ts'
import * as parameter from '../parameter.ts'
import { moment, rangeFilter } from './date-range.ts'
import { SORT_KEYS, statusFilter, typeFilter, WIRE_STATUSES, WIRE_TYPES, type SortName } from './user.ts'

const METADATA = 'users:read-metadata'
const METADATA_NAMES = ['id', 'created_by', 'updated_by'] as const
const ID_LENGTH = 36
const SORT_NAMES = Object.keys(SORT_KEYS) as readonly SortName[]

function idText(description: string): parameter.Parameter<string | undefined> {
  return parameter.text({ description: `${description} Needs the permission ${METADATA}.`, lengthMax: ID_LENGTH })
}

/** What `GET /users` takes, in the order of the page. */
export const LIST_PARAMETERS = {
  sort_by: parameter.choice({
    description: `The field to sort by; id, created_by and updated_by need the permission ${METADATA}. By default the order of creation, or the best match first where there is a search.`,
    of: SORT_NAMES,
    otherwise: undefined,
  }),
  sort_order: parameter.choice({
    description: 'From A to Z (asc, the default) or from Z to A (desc). Users without a value come last in both.',
    of: ['asc', 'desc'],
    otherwise: undefined,
  }),
  id: idText('Users with this id.'),
  created_by: idText('Users created by the user with this id.'),
  updated_by: idText('Users last updated by the user with this id.'),
  user_type: parameter.choice({ description: 'Users of this type.', of: WIRE_TYPES, otherwise: undefined }),
  status: parameter.choice({ description: 'Users of this status.', of: WIRE_STATUSES, otherwise: undefined }),
  created_at_from: moment('Users created at this moment or later.'),
  created_at_to: moment('Users created before this moment.'),
  updated_at_from: moment('Users last updated at this moment or later.'),
  updated_at_to: moment('Users last updated before this moment.'),
  search: parameter.text({
    description: `Words to look for in name, e-mail, identifier and description, typing errors allowed; with the permission ${METADATA} also the start of an id. \`q\` means the same.`,
    aliases: ['q'],
    lengthMax: SEARCH_LENGTH_MAX,
  }),
  page: parameter.integer({
    description: 'The page, counted from 1.',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: 1,
  }),
  page_size: parameter.integer({ description: 'Users on a page.', min: 1, max: 100, otherwise: 20 }),
} satisfies parameter.Parameters

type ListParameters = parameter.ParameterValues<typeof LIST_PARAMETERS>

/** What was asked, as the core understands it. */
export interface ListQuestion {
  readonly request: Omit<ListRequest, 'page' | 'total'>
  readonly page: number
  readonly pageSize: number
}

/** Reads a query string. Throws `invalid` for what is not right and `forbidden` for what this caller may not ask. */
export function parseList(query: readonly QueryPair[], principal: Principal): ListQuestion {
  const parameters = parameter.readParameters(LIST_PARAMETERS, query)
  const metadata = may(principal, METADATA)
  if (!metadata) assertOpen(parameters)
  const { id, created_by, updated_by, user_type, status, page, page_size } = parameters
  return {
    request: {
      filter: all(
        id === undefined ? undefined : equal('id', id),
        created_by === undefined ? undefined : equal('createdBy', created_by),
        updated_by === undefined ? undefined : equal('updatedBy', updated_by),
        user_type === undefined ? undefined : typeFilter(user_type),
        status === undefined ? undefined : statusFilter(status),
        rangeFilter('createdAt', 'created_at', { from: parameters.created_at_from, to: parameters.created_at_to }),
        rangeFilter('updatedAt', 'updated_at', { from: parameters.updated_at_from, to: parameters.updated_at_to }),
      ),
      search: readSearch(parameters.search, metadata),
      sort: sortOf(parameters),
    },
    page,
    pageSize: page_size,
  }
}

function assertOpen(parameters: ListParameters): void {
  const sent = METADATA_NAMES.find((name) => parameters[name] !== undefined)
  if (sent !== undefined) throw metadataRefused('Filtering', sent, sent)
  const sorted = METADATA_NAMES.find((name) => parameters.sort_by === name)
  if (sorted !== undefined) throw metadataRefused('Sorting', sorted, 'sort_by')
}

function metadataRefused(what: string, field: string, name: string): DirectoryError {
  return new DirectoryError('forbidden', `${what} by ${field} needs the permission ${METADATA}.`, {
    reason: 'permission',
    permission: METADATA,
    where: { in: 'query', name },
  })
}

function readSearch(text: string | undefined, ids: boolean): Search | undefined {
  if (text === undefined) return undefined
  const search = parseSearch(text, ids)
  if (search && search.terms.length <= SEARCH_TERMS_MAX) return search
  const allowed = `1 to ${SEARCH_TERMS_MAX} words of letters or digits`
  throw invalid('range', `search must have ${allowed}.`, { in: 'query', name: 'search', allowed })
}

function sortOf({ sort_by, sort_order, search }: ListParameters): readonly SortKey[] {
  const descending = sort_order === 'desc'
  if (sort_by !== undefined) return [{ ...SORT_KEYS[sort_by], descending }]
  if (!descending) return []
  if (search === undefined) return [{ field: 'createdAt', descending }]
  throw invalid('value', 'sort_order must be asc, or come with sort_by, where a search orders the users.', {
    in: 'query',
    name: 'sort_order',
    allowed: ['asc'],
  })
}
