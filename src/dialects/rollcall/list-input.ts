import { FIELDS, type FieldKind, type FieldName } from '../../core/field.ts'
import { FILTER_TEXT_MAX, LIST_LENGTH_MAX, OFFSET_MAX, PAGE_SIZE_MAX, SEARCH_LENGTH_MAX } from '../../core/limits.ts'
import type { Body } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import * as parameter from '../parameter.ts'
import type { Parameter, ParameterValues } from '../parameter.ts'
import * as shape from '../shape.ts'
import type { Optional, Shape } from '../shape.ts'

/** A condition on one field that has a parameter of its own. */
export interface FieldParameter {
  readonly field: FieldName
  /** A pattern with `*`, a list of words any of which may hold, or one end of a stretch of time. */
  readonly kind: 'pattern' | 'words' | 'from' | 'to'
}

/** What a list is asked with, read as far as its form goes: the same from a URL as from a JSON body. */
export type ListInput = ParameterValues<typeof PLAIN> & {
  /** Where it came from, for the errors about it. */
  readonly from: 'query' | 'body'
  readonly conditions: readonly (readonly [
    name: string,
    condition: FieldParameter,
    value: string | readonly string[],
  ])[]
}

const COUNTS = ['exact', 'none'] as const
const LIMIT_DEFAULT = 50
const SORT_DESCRIPTION =
  'Fields to sort by, comma-separated, each with :asc (also when not said) or :desc. Absent values come last either ' +
  'way, ties are broken by id. Without it: by relevance where there is a search, else in the order of creation.'

const PLAIN = {
  filter: parameter.text({
    description: 'A filter in the grammar of SCIM (RFC 7644 §3.4.2.2): status eq "active" and not (email ew ".org")',
    lengthMax: FILTER_TEXT_MAX,
  }),
  search: parameter.text({
    description:
      'Words to look for in names, identifier, e-mail and description; accents and small slips do not matter.',
    lengthMax: SEARCH_LENGTH_MAX,
  }),
  customerId: parameter.integer({
    description: 'Only users of this customer.',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: undefined,
  }),
  includeSubsidiaries: parameter.boolean({
    description: 'With customerId: also the users of the customers below it, at any depth.',
    otherwise: undefined,
  }),
  includeDeleted: parameter.boolean({ description: 'Whether deleted users are listed too.', otherwise: false }),
  sort: parameter.texts({ description: SORT_DESCRIPTION, separator: ',' }),
  limit: parameter.integer({ description: 'Users on a page.', min: 1, max: PAGE_SIZE_MAX, otherwise: LIMIT_DEFAULT }),
  offset: parameter.integer({ description: 'Users to skip.', min: 0, max: OFFSET_MAX, otherwise: undefined }),
  page: parameter.integer({
    description: 'The page, counting from 1. At most one of offset, page and cursor may be sent.',
    min: 1,
    max: OFFSET_MAX,
    otherwise: undefined,
  }),
  cursor: parameter.text({
    description: 'page.next or page.previous of an earlier answer to the same query.',
    lengthMax: FILTER_TEXT_MAX,
  }),
  count: parameter.choice({
    description: 'Whether total, the exact number of all users that match, is wanted.',
    of: COUNTS,
    otherwise: 'exact',
  }),
  fields: parameter.texts({ description: 'Members of a user to answer with; all when absent.', separator: ',' }),
}

const PATTERN_KINDS: ReadonlySet<FieldKind> = new Set(['id', 'text', 'texts'])

/** The fields with parameters of their own, by parameter name. */
const FIELD_PARAMETERS: ReadonlyMap<string, FieldParameter> = new Map(
  (Object.keys(FIELDS) as FieldName[]).flatMap((field): readonly (readonly [string, FieldParameter])[] => {
    const { kind } = FIELDS[field]
    if (PATTERN_KINDS.has(kind)) return [[field, { field, kind: 'pattern' }]]
    if (kind === 'word') return [[field, { field, kind: 'words' }]]
    if (kind !== 'instant') return []
    return [
      [`${field}From`, { field, kind: 'from' }],
      [`${field}To`, { field, kind: 'to' }],
    ]
  }),
)

const DESCRIPTIONS = {
  pattern: (field) => `Only users whose ${field} is this; * stands for any run of characters.`,
  words: (field) => `Only users whose ${field} is one of these, comma-separated.`,
  from: (field) => `Only users whose ${field} is at this RFC 3339 date-time or later.`,
  to: (field) => `Only users whose ${field} is before this RFC 3339 date-time.`,
} satisfies Record<FieldParameter['kind'], (field: FieldName) => string>

/** Every query parameter of a list. */
export const LIST_PARAMETERS: Readonly<Record<string, Parameter<unknown>>> = {
  ...PLAIN,
  ...Object.fromEntries(
    [...FIELD_PARAMETERS].map(([name, { field, kind }]) => {
      const description = DESCRIPTIONS[kind](field)
      return [
        name,
        kind === 'words' ? parameter.texts({ description, separator: ',' }) : parameter.text({ description }),
      ]
    }),
  ),
}

const texts = shape.list(shape.string(), { lengthMax: LIST_LENGTH_MAX })

/** The same as members of a JSON object; what is comma-separated in a URL is a list here. */
export const LIST_BODY: Shape<Readonly<Record<string, unknown>>> = shape.object({
  filter: shape.optional(shape.string({ lengthMax: FILTER_TEXT_MAX })),
  search: shape.optional(shape.string({ lengthMax: SEARCH_LENGTH_MAX })),
  customerId: shape.optional(shape.integer({ min: 1 })),
  includeSubsidiaries: shape.optional(shape.boolean),
  includeDeleted: shape.optional(shape.boolean),
  sort: shape.optional(texts),
  limit: shape.optional(shape.integer({ min: 1, max: PAGE_SIZE_MAX })),
  offset: shape.optional(shape.integer({ min: 0, max: OFFSET_MAX })),
  page: shape.optional(shape.integer({ min: 1, max: OFFSET_MAX })),
  cursor: shape.optional(shape.string({ lengthMax: FILTER_TEXT_MAX })),
  count: shape.optional(shape.choice(COUNTS)),
  fields: shape.optional(texts),
  ...Object.fromEntries(
    [...FIELD_PARAMETERS].map(([name, { kind }]): [string, Optional<unknown>] => [
      name,
      shape.optional<unknown>(kind === 'words' ? texts : shape.string()),
    ]),
  ),
})

/** A list's query parameters, once they are read. */
export function readListQuery(values: Readonly<Record<string, unknown>>): ListInput {
  return inputOf(values, 'query')
}

/** Reads the same from a JSON body. */
export function readListBody(body: Body | null): ListInput {
  return inputOf({ ...ABSENT, ...readJson(body, LIST_BODY) }, 'body')
}

const ABSENT = parameter.readParameters(PLAIN, [])

function inputOf(values: Readonly<Record<string, unknown>>, from: ListInput['from']): ListInput {
  const conditions: ListInput['conditions'][number][] = []
  for (const [name, condition] of FIELD_PARAMETERS) {
    const value = values[name] as string | readonly string[] | undefined
    // In a URL, a list that was not sent reads as empty; an empty one cannot be sent.
    const isAbsent = value === undefined || (from === 'query' && value.length === 0 && typeof value !== 'string')
    if (!isAbsent) conditions.push([name, condition, value])
  }
  return { ...(values as ParameterValues<typeof PLAIN>), from, conditions }
}
