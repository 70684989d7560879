import type { ListRequest } from '../../core/directory.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import { all, ANY, equal, wildcard, type Filter } from '../../core/filter.ts'
import { PATTERN_PARTS_MAX, SORT_KEYS_MAX } from '../../core/limits.ts'
import { may, type Principal } from '../../core/principal.ts'
import type { SortKey } from '../../core/sort.ts'
import type { QueryPair } from '../dialect.ts'
import * as parameter from '../parameter.ts'
import { SORT_FIELDS } from './user.ts'

const METADATA = 'users:read-metadata'

/** Users on a page. */
export const LIMIT_MAX = 500

function pattern(description: string): parameter.Parameter<string | undefined> {
  return parameter.text({
    description: `${description} A \`*\` stands for any run of characters; without one the whole value must be equal. Letter case does not count.`,
  })
}

/** What `GET /user/v1/users` takes, in the order of the page. */
export const LIST_PARAMETERS = {
  customer_id: parameter.integer({
    description: "Users of this customer. By default the caller's own.",
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: undefined,
  }),
  include_subsidiaries: parameter.boolean({
    description: 'Also users of the customers below it, at any depth.',
    otherwise: true,
  }),
  limit: parameter.integer({ description: 'Number of users to return.', min: 1, max: LIMIT_MAX, otherwise: 100 }),
  offset: parameter.integer({
    description: 'Number of users to pass over.',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: 0,
  }),
  'sort[]': parameter.texts({
    description: `Order, first field first: \`field\`, \`field:asc\` or \`field:desc\`, with any of ${Object.keys(SORT_FIELDS).join(', ')}. The authors sort by family name, then given name.`,
    aliases: ['sort'],
  }),
  id: pattern('Users with this id.'),
  firstname: pattern('Users with this first name.'),
  lastname: pattern('Users with this last name.'),
  email: pattern('Users with this e-mail address.'),
  created_by: pattern(`Users created by the person with this id. Needs the permission ${METADATA}.`),
  updated_by: pattern(`Users last updated by the person with this id. Needs the permission ${METADATA}.`),
} satisfies parameter.Parameters

type ListParameters = parameter.ParameterValues<typeof LIST_PARAMETERS>

/** What was asked, as the answer repeats it and as the core understands it. */
export interface ListQuestion {
  readonly parameters: ListParameters
  /** The customer asked for, or the caller's. Whether the caller may see it is not said yet. */
  readonly customerId: number
  readonly request: Omit<ListRequest, 'page' | 'total'>
}

/** Reads a query string. Throws `invalid` for what is not right and `forbidden` for what this caller may not ask. */
export function parseList(query: readonly QueryPair[], principal: Principal): ListQuestion {
  const parameters = parameter.readParameters(LIST_PARAMETERS, query)
  const customerId = parameters.customer_id ?? principal.customerId
  return {
    parameters,
    customerId,
    request: {
      filter: all(
        parameters.include_subsidiaries ? { kind: 'subtree', customerId } : equal('customerId', customerId),
        ...filtersOf(parameters, principal),
      ),
      sort: parseSort(parameters['sort[]'], principal),
    },
  }
}

const FILTER_FIELDS = {
  id: 'id',
  firstname: 'givenName',
  lastname: 'familyName',
  email: 'email',
  created_by: 'createdBy',
  updated_by: 'updatedBy',
} as const

function filtersOf(parameters: ListParameters, principal: Principal): readonly Filter[] {
  const names = Object.keys(FILTER_FIELDS) as (keyof typeof FILTER_FIELDS)[]
  return names.flatMap((name) => {
    const sent = parameters[name]
    if (sent === undefined) return []
    const isMetadata = name === 'created_by' || name === 'updated_by'
    if (isMetadata && !may(principal, METADATA)) throw metadataRefused(name, name)
    return [patternFilter(name, sent)]
  })
}

function patternFilter(name: keyof typeof FILTER_FIELDS, sent: string): Filter {
  const filter = wildcard(FILTER_FIELDS[name], sent)
  if (filter.kind === 'text' && filter.parts.length > PATTERN_PARTS_MAX) {
    const runs = filter.parts.filter((part) => part !== ANY).length
    const allowed = `at most ${PATTERN_PARTS_MAX} wildcards and runs of text between them`
    throw invalid('range', `${name} must have ${allowed}, not ${filter.parts.length} (${runs} of text).`, {
      in: 'query',
      name,
      allowed,
    })
  }
  return filter
}

function parseSort(sent: readonly string[], principal: Principal): readonly SortKey[] {
  if (sent.length > SORT_KEYS_MAX) {
    const allowed = `at most ${SORT_KEYS_MAX} fields`
    throw invalid('range', `sort[] must have ${allowed}.`, { in: 'query', name: 'sort[]', allowed })
  }
  return sent.map((item) => {
    const colon = item.indexOf(':')
    const name = colon < 0 ? item : item.slice(0, colon)
    const direction = colon < 0 ? 'asc' : item.slice(colon + 1)
    if (!isSortable(name)) throw sortRefused(item, Object.keys(SORT_FIELDS), 'sorts by one of')
    if (direction !== 'asc' && direction !== 'desc') {
      throw sortRefused(item, [name, `${name}:asc`, `${name}:desc`], 'must be one of')
    }
    const isMetadata = name === 'created_by' || name === 'updated_by'
    if (isMetadata && !may(principal, METADATA)) throw metadataRefused('sort[]', name)
    return { field: SORT_FIELDS[name], descending: direction === 'desc' }
  })
}

function isSortable(name: string): name is keyof typeof SORT_FIELDS {
  return Object.hasOwn(SORT_FIELDS, name)
}

function sortRefused(item: string, allowed: readonly string[], verb: string): DirectoryError {
  return invalid('value', `sort[] ${verb} ${allowed.join(', ')}.`, {
    in: 'query',
    name: 'sort[]',
    allowed,
    value: parameter.excerpt(item),
  })
}

function metadataRefused(name: string, field: string): DirectoryError {
  const message = `Filtering or sorting by ${field} needs the permission ${METADATA}.`
  return new DirectoryError('forbidden', message, {
    reason: 'permission',
    permission: METADATA,
    where: { in: 'query', name },
  })
}

/** Says the same of a customer that is hidden and of one that does not exist. */
export function customerRefused(): DirectoryError {
  return new DirectoryError('forbidden', 'customer_id must be a customer that you may see.', {
    reason: 'scope',
    where: { in: 'query', name: 'customer_id' },
  })
}
