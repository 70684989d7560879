import { FIELDS, type FieldKind, type FieldName } from '../../core/field.ts'
import { FILTER_TEXT_MAX, LIST_LENGTH_MAX, OFFSET_MAX, PAGE_SIZE_MAX, SEARCH_LENGTH_MAX } from '../../core/limits.ts'
import type { Body } from '../dialect.ts'
import { readJson } from '../json-body.ts'
import { about, describedMembers } from '../meaning.ts'
import * as parameter from '../parameter.ts'
import type { Parameter, ParameterValues } from '../parameter.ts'
import * as shape from '../shape.ts'
import type { Optional, Shape } from '../shape.ts'
import { CONDITION_MEANINGS, LIST_MEANINGS } from './meaning/list.ts'

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
const commaSeparated = (meaning: string) => `${meaning} Comma-separated.`

const PLAIN = {
  filter: parameter.text({
    description: LIST_MEANINGS.filter,
    lengthMax: FILTER_TEXT_MAX,
  }),
  search: parameter.text({
    description: LIST_MEANINGS.search,
    lengthMax: SEARCH_LENGTH_MAX,
  }),
  customerId: parameter.integer({
    description: LIST_MEANINGS.customerId,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: undefined,
  }),
  includeSubsidiaries: parameter.boolean({
    description: LIST_MEANINGS.includeSubsidiaries,
    otherwise: undefined,
  }),
  includeDeleted: parameter.boolean({ description: LIST_MEANINGS.includeDeleted, otherwise: false }),
  sort: parameter.texts({ description: commaSeparated(LIST_MEANINGS.sort), separator: ',' }),
  limit: parameter.integer({ description: LIST_MEANINGS.limit, min: 1, max: PAGE_SIZE_MAX, otherwise: LIMIT_DEFAULT }),
  offset: parameter.integer({ description: LIST_MEANINGS.offset, min: 0, max: OFFSET_MAX, otherwise: undefined }),
  page: parameter.integer({
    description: LIST_MEANINGS.page,
    min: 1,
    max: OFFSET_MAX,
    otherwise: undefined,
  }),
  cursor: parameter.text({
    description: LIST_MEANINGS.cursor,
    lengthMax: FILTER_TEXT_MAX,
  }),
  count: parameter.choice({
    description: LIST_MEANINGS.count,
    of: COUNTS,
    otherwise: 'exact',
  }),
  fields: parameter.texts({ description: commaSeparated(LIST_MEANINGS.fields), separator: ',' }),
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

/** Every query parameter of a list. */
export const LIST_PARAMETERS: Readonly<Record<string, Parameter<unknown>>> = {
  ...PLAIN,
  ...Object.fromEntries(
    [...FIELD_PARAMETERS].map(([name, { field, kind }]) => {
      const description = CONDITION_MEANINGS[kind](field)
      return [
        name,
        kind === 'words'
          ? parameter.texts({ description: commaSeparated(description), separator: ',' })
          : parameter.text({ description }),
      ]
    }),
  ),
}

const texts = shape.list(shape.string(), { lengthMax: LIST_LENGTH_MAX })

/** The same as members of a JSON object; what is comma-separated in a URL is a list here. */
export const LIST_BODY: Shape<Readonly<Record<string, unknown>>> = shape.object({
  ...describedMembers(LIST_MEANINGS, {
    filter: shape.optional(shape.string({ lengthMax: FILTER_TEXT_MAX })),
    search: shape.optional(shape.string({ lengthMax: SEARCH_LENGTH_MAX })),
    customerId: shape.optional(shape.integer({ min: 1 })),
    includeSubsidiaries: shape.optional(shape.boolean),
    includeDeleted: shape.defaulted(shape.boolean, false),
    sort: shape.optional(texts),
    limit: shape.defaulted(shape.integer({ min: 1, max: PAGE_SIZE_MAX }), LIMIT_DEFAULT),
    offset: shape.optional(shape.integer({ min: 0, max: OFFSET_MAX })),
    page: shape.optional(shape.integer({ min: 1, max: OFFSET_MAX })),
    cursor: shape.optional(shape.string({ lengthMax: FILTER_TEXT_MAX })),
    count: shape.defaulted(shape.choice(COUNTS), 'exact'),
    fields: shape.optional(texts),
  }),
  ...Object.fromEntries(
    [...FIELD_PARAMETERS].map(([name, { field, kind }]): [string, Optional<unknown>] => {
      const { schema, read } = kind === 'words' ? texts : shape.string()
      return [name, shape.optional<unknown>({ schema: about(schema, CONDITION_MEANINGS[kind](field)), read })]
    }),
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
