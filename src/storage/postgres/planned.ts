import type { Query } from '../../core/query.ts'
import { blockAfter } from './blocks.ts'
import { countOf } from './count.ts'
import type { Place } from './landmarks.ts'
import { planOf, type Plan } from './plan.ts'
import type { Reading } from './reader.ts'
import { relevancePlan } from './relevance.ts'
import { foundBy, questionOf } from './search-question.ts'
import { narrowed, selectionOf } from './selection.ts'

/** How a query is answered. */
export interface PlannedQuery {
  readonly plan: Plan
  /** What the users asked for and their order are remembered by. */
  readonly key: string
  /** How many users there are. */
  readonly total: () => Promise<number>
  /** A place with not many fewer users before it than these. */
  readonly start: (users: number) => Promise<Place>
}

const BEGINNING: Place = { position: null, users: 0 }

/** Plans a query. */
export async function planned(reading: Reading, query: Query): Promise<PlannedQuery> {
  const { filter, search, sort } = query
  const key = JSON.stringify([filter, search, sort])
  const selection = await selectionOf(reading, filter)
  const start = (): Promise<Place> => Promise.resolve(BEGINNING)
  if (!search) {
    const plan = await planOf(reading, selection, query)
    const total = async () => plan.total ?? (await countOf(reading, selection))
    const isLeaping = sort.length === 0 && selection.where.text === 'u.live'
    return { plan, key, total, start: isLeaping ? (users) => leap(reading, users) : start }
  }
  const question = await questionOf(reading, search)
  const found = narrowed(selection, foundBy(question))
  const plan =
    sort.length === 0 ? await relevancePlan(reading, selection, question) : await planOf(reading, found, query)
  return { plan, key, total: async () => plan.total ?? (await countOf(reading, found)), start }
}

// Live users are counted block by block: nobody has to step over all of them.
async function leap(reading: Reading, users: number): Promise<Place> {
  // One fewer, so that the user before the page is read too.
  const { first, before } = await blockAfter(reading, users - 1)
  return before === 0 ? BEGINNING : { position: { keys: [], tie: first - 1 }, users: before }
}
