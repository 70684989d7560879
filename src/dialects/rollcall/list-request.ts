import type { ListRequest, PageRequest, View } from '../../core/directory.ts'
import { invalid, type Where } from '../../core/error.ts'
import { FIELDS } from '../../core/field.ts'
import { all, equal, wildcard, type Filter } from '../../core/filter.ts'
import { OFFSET_MAX, PATTERN_PARTS_MAX, SEARCH_TERMS_MAX } from '../../core/limits.ts'
import type { Principal } from '../../core/principal.ts'
import { parseSearch, type Search } from '../../core/search.ts'
import type { SortKey } from '../../core/sort.ts'
import { excerpt } from '../parameter.ts'
import { assertReadable, sortKey, userMember, type UserMember } from './fields.ts'
import { parseFilter } from './filter.ts'
import type { FieldParameter, ListInput } from './list-input.ts'
import { parseMoment } from './moment.ts'

/** A list as the core is asked for it, and what of it is to be shown. */
interface ListPlan {
  readonly request: ListRequest
  /** The members wanted, none when all are. */
  readonly fields: readonly UserMember[]
}

/** What an input comes to for this caller. Throws `invalid` and `forbidden` naming the parameter. */
export async function planOf(input: ListInput, view: View): Promise<ListPlan> {
  const { principal } = view
  const where = (name: string): Where => ({ in: input.from, name })
  const conditions = input.conditions.map(([name, condition, value]) => {
    assertReadable(condition.field, 'Filtering', principal, where(name))
    return conditionOf(condition, value, where(name))
  })
  assertStretches(input)
  const filter = all(
    await customerFilter(input, view),
    input.filter === undefined ? undefined : parseFilter(input.filter, principal, where('filter')),
    ...conditions,
  )
  return {
    request: {
      filter,
      search: searchOf(input),
      sort: sortOf(input, principal),
      page: pageOf(input),
      total: input.count === 'exact',
      includeDeleted: input.includeDeleted,
    },
    fields: membersOf(input.fields, principal, where('fields')),
  }
}

function conditionOf({ field, kind }: FieldParameter, value: string | readonly string[], where: Where): Filter {
  switch (kind) {
    case 'words': {
      const { values: allowed = [] } = FIELDS[field] as { readonly values?: readonly string[] }
      const values = typeof value === 'string' ? [value] : value
      const stray = values.find((one) => !allowed.includes(one))
      if (stray === undefined) return { kind: 'in', field, values }
      const message = `${field} must be one of ${allowed.join(', ')}.`
      throw invalid('value', message, { ...where, value: excerpt(stray), allowed })
    }
    case 'pattern': {
      const filter = wildcard(field, String(value))
      if (filter.kind !== 'text' || filter.parts.length <= PATTERN_PARTS_MAX) return filter
      const allowed = `at most ${PATTERN_PARTS_MAX} runs of characters and wildcards`
      throw invalid('range', `${field} must have ${allowed}.`, { ...where, allowed })
    }
    case 'from':
      return { kind: 'compare', field, op: 'ge', value: boundOf(String(value), where) }
    case 'to':
      return { kind: 'compare', field, op: 'lt', value: boundOf(String(value), where) }
  }
}

function boundOf(value: string, where: Where): string {
  const moment = parseMoment(value)
  if (moment !== undefined) return moment.ceiling
  // A plus in a URL is a space, which is what most wrong offsets are.
  const allowed = `an RFC 3339 date-time such as 2026-01-31T09:30:00Z${where.in === 'query' ? '; in a URL, + is %2B' : ''}`
  throw invalid('format', `${where.name ?? ''} must be ${allowed}.`, { ...where, value: excerpt(value), allowed })
}

function assertStretches({ conditions, from }: ListInput): void {
  const where = (name: string): Where => ({ in: from, name })
  const sent = new Map(conditions.map(([name, , value]) => [name, value]))
  for (const [name, { field, kind }, value] of conditions) {
    const end = kind === 'from' ? sent.get(`${field}To`) : undefined
    if (end === undefined || boundOf(String(value), where(name)) <= boundOf(String(end), where(`${field}To`))) continue
    throw invalid('range', `${name} must not be after ${field}To.`, {
      in: from,
      name,
      allowed: `a moment not after ${field}To`,
    })
  }
}

async function customerFilter(input: ListInput, view: View): Promise<Filter | undefined> {
  const { customerId, includeSubsidiaries, from } = input
  if (customerId === undefined) {
    if (includeSubsidiaries === undefined) return undefined
    throw invalid('missing', 'includeSubsidiaries needs customerId.', { in: from, name: 'customerId' })
  }
  const customers = await view.customers()
  if (!customers.get(customerId)) {
    throw invalid('value', `There is no customer ${customerId}.`, { in: from, name: 'customerId' })
  }
  return includeSubsidiaries ? { kind: 'subtree', customerId } : equal('customerId', customerId)
}

function searchOf({ search, from }: ListInput): Search | undefined {
  if (search === undefined) return undefined
  const parsed = parseSearch(search, true)
  if (parsed && parsed.terms.length <= SEARCH_TERMS_MAX) return parsed
  const allowed = `1 to ${SEARCH_TERMS_MAX} words of letters and digits`
  throw invalid(parsed ? 'range' : 'format', `search must have ${allowed}.`, { in: from, name: 'search', allowed })
}

function pageOf(input: ListInput): PageRequest {
  const { limit, offset, page, cursor, from } = input
  const [first, second] = (['offset', 'page', 'cursor'] as const).filter((name) => input[name] !== undefined)
  if (first !== undefined && second !== undefined) {
    const message = `${first} and ${second} cannot be used together.`
    throw invalid('value', message, { in: from, name: second, allowed: 'one of offset, page and cursor' })
  }
  if (offset !== undefined) return { offset, limit }
  if (page === undefined) return { cursor, limit }
  const skipped = (page - 1) * limit
  if (skipped <= OFFSET_MAX) return { offset: skipped, limit }
  const allowed = `a page within the first ${OFFSET_MAX} users; a cursor goes further`
  throw invalid('range', `page must be ${allowed}.`, { in: from, name: 'page', allowed })
}

function sortOf({ sort, from }: ListInput, principal: Principal): readonly SortKey[] {
  const where = { in: from, name: 'sort' }
  const keys = sort.map((written) => sortKey(written, principal, where))
  assertDistinct(
    keys.map(({ field }) => field),
    where,
  )
  return keys
}

/** The members that `fields` names. Throws `invalid` and `forbidden`. */
export function membersOf(fields: readonly string[], principal: Principal, where: Where): readonly UserMember[] {
  const members = fields.map((name) => userMember(name, principal, where))
  assertDistinct(members, where)
  return members
}

function assertDistinct(names: readonly string[], where: Where): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw invalid('value', `${where.name ?? ''} names ${twice} twice.`, { ...where, value: twice })
}
