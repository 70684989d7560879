import fc from 'fast-check'
import { FIELDS } from '../../src/core/field.ts'
import type { Page, Query } from '../../src/core/query.ts'
import { parseSearch, searchWords, type Search } from '../../src/core/search.ts'
import type { SortField, SortKey } from '../../src/core/sort.ts'
import type { User } from '../../src/core/user.ts'
import { positionOf, type World } from '../model/list.ts'
import { filter, type Given } from './filter.ts'
import { fragment, NAMES } from './text.ts'

const MANY = new Set(['phones', 'permissions', 'tags', 'attributes'])

/** Everything users can be ordered by. */
export const SORT_FIELDS = [
  ...Object.keys(FIELDS).filter((field) => !MANY.has(field)),
  'phone',
  'createdByName',
  'updatedByName',
] as SortField[]

const RANKS: Partial<Record<SortField, SortKey['ranks']>> = {
  status: [['suspended'], ['active', 'risky'], ['inactive']],
  userType: [['user'], ['client'], ['admin']],
}

const sortKey: fc.Arbitrary<SortKey> = fc
  .record({ field: fc.constantFrom(...SORT_FIELDS), descending: fc.boolean(), isRanked: fc.boolean() })
  .map(({ field, descending, isRanked }) => {
    const ranks = isRanked ? RANKS[field] : undefined
    return ranks ? { field, descending, ranks } : { field, descending }
  })

/** An order by up to three keys in either direction; none is creation order. */
export const sort: fc.Arbitrary<readonly SortKey[]> = fc.uniqueArray(sortKey, {
  maxLength: 3,
  selector: ({ field }) => field,
})

/** An order by one to three texts that may be too long for an index, or by who wrote. */
export const textSort: fc.Arbitrary<readonly SortKey[]> = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom<SortField[]>('familyName', 'givenName', 'description', 'createdByName', 'status'),
    descending: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3, selector: ({ field }) => field },
)

/** Edits a word: takes a letter away, adds one, changes one, swaps two, or cuts it short. */
function edited(word: string, [edit, place]: readonly [number, number]): string {
  const letters = Array.from(word)
  const at = place % Math.max(letters.length, 1)
  const [here = '', next = ''] = [letters[at], letters[at + 1]]
  const replacements = [[], ['x', here], ['q'], [next, here]] as const
  const replacement = replacements[edit % 5]
  if (!replacement) return letters.slice(0, at + 1).join('')
  return letters.toSpliced(at, edit % 5 === 3 ? 2 : 1, ...replacement).join('')
}

const edit = fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 9 }))

/** A word somebody can be found by, with up to two slips; sometimes one made up. */
const term: Given<string> = fc
  .tuple(
    fc.nat({ max: 50 }),
    fc.nat({ max: 20 }),
    fc.array(edit, { maxLength: 2 }),
    fc.oneof(fc.constantFrom(...NAMES), fragment),
  )
  .map(([place, nth, edits, otherwise]) => (users) => {
    const user = users[place % Math.max(users.length, 1)]
    const words = user && nth > 3 ? searchWords(user) : []
    return edits.reduce(edited, words[nth % Math.max(words.length, 1)] ?? otherwise)
  })

/** A search of one to six words, some for the start of an id; undefined where a text has no letter or digit in it. */
export const search: Given<Search | undefined> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(term, { minLength: 1, maxLength: 2 })
      .map((terms) => (users: readonly User[]) => parseSearch(terms.map((one) => one(users)).join(' '), true)),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(term, { minLength: 3, maxLength: 6 })
      .map((terms) => (users: readonly User[]) => parseSearch(terms.map((one) => one(users)).join(' '), true)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat({ max: 50 }), fc.integer({ min: 4, max: 36 })).map(
      ([place, length]) =>
        (users: readonly User[]) =>
          parseSearch(users[place % Math.max(users.length, 1)]?.id.slice(0, length) ?? 'cafe', true),
    ),
  },
)

type Ask = Omit<Query, 'page'>

/** A page by offset, or after or before the place of somebody — who need not be among those asked for — or an end. */
const page: fc.Arbitrary<(world: World, ask: Ask) => Page> = fc.oneof(
  fc
    .record({ offset: fc.nat({ max: 15 }), limit: fc.integer({ min: 1, max: 12 }) })
    .map((place) => (): Page => ({ kind: 'offset', ...place })),
  fc
    .record({
      place: fc.option(fc.nat({ max: 50 }), { nil: null, freq: 4 }),
      score: fc.nat({ max: 4 }),
      direction: fc.constantFrom('after', 'before'),
      limit: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ place, score, direction, limit }) => (world: World, ask: Ask): Page => {
      const user = place === null ? undefined : world.users[place % Math.max(world.users.length, 1)]
      return { kind: 'position', from: user ? positionOf(world, ask, user, score) : null, direction, limit }
    }),
)

/** Any question to a store in one of these orders. */
export function queryIn(sort: fc.Arbitrary<readonly SortKey[]>): fc.Arbitrary<(world: World) => Query> {
  return fc
    .record({ filter, search: fc.option(search, { nil: undefined, freq: 2 }), sort, page, total: fc.boolean() })
    .map(({ filter, search, sort, page, total }) => (world) => {
      const ask = { filter: filter(world.users), search: search?.(world.users), sort, total }
      return { ...ask, page: page(world, ask) }
    })
}

/** Any question to a store. */
export const query = queryIn(fc.oneof(sort, fc.constant<readonly SortKey[]>([])))
