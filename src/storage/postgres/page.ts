import type { PageFacts, Position, Query } from '../../core/query.ts'
import { raw, sql } from '../sql/fragment.ts'
import { arrayText } from './array-text.ts'
import { DOCUMENTS } from './byte-client.ts'
import type { Row } from './connection.ts'
import { BehindError } from './errors.ts'
import { headingFrom, HEADING } from './heading.ts'
import { placeBefore, rememberPlace } from './landmarks.ts'
import type { Asking } from './database.ts'
import { planned, type PlannedQuery } from './planned.ts'
import type { Reader, Reading } from './reader.ts'
import { readRuns, type Found } from './read-runs.ts'

/** No document. */
const NOBODY = Buffer.alloc(0)

/** A page: its facts, and its documents glued to one text, in UTF-8. */
export interface GluedPage {
  readonly facts: PageFacts
  readonly bytes: Buffer
}

/** Reads a page step by step, in a snapshot. */
export async function readSteps(reader: Reader, snapshot: Asking, query: Query, metadata: boolean): Promise<GluedPage> {
  const heading = headingFrom((await snapshot.first({ ...sql`SELECT ${HEADING}`, name: 'heading' }))?.[0])
  reader.heading = heading
  if (heading.revision < (query.minRevision ?? 0)) throw new BehindError(heading.revision)
  const reading: Reading = { reader, asking: snapshot, heading }
  const plan = await planned(reading, query)
  const { found, facts } = await readFacts(reading, plan, query)
  const bytes = await glued(snapshot, found, metadata)
  return { facts: { ...facts, total: query.total ? await plan.total() : null }, bytes }
}

async function readFacts(
  reading: Reading,
  { plan, key, start }: PlannedQuery,
  { page }: Query,
): Promise<{ readonly found: readonly Found[]; readonly facts: Omit<PageFacts, 'total'> }> {
  const { revision } = reading.heading
  const reverse = page.kind === 'position' && page.direction === 'before'
  const offset = page.kind === 'offset' ? page.offset : 0
  const from = page.kind === 'position' ? page.from : null
  const place = offset > 0 ? (placeBefore(reading, key, offset) ?? (await start(offset))) : { position: from, users: 0 }
  // One more than wanted says whether there is more. The one before a page says where it begins, for the next who asks.
  const isExact = place.users === offset
  const extra = isExact ? 1 : 2
  const runs = plan.runs(place.position, reverse)
  const found = await readRuns(reading, plan.order, runs, page.limit + extra, offset - place.users - extra + 1)
  const previous = isExact ? undefined : found.shift()
  if (previous) rememberPlace(reading, key, offset, previous.position)
  const isMore = found.length > page.limit
  if (isMore) found.pop()
  if (reverse) found.reverse()
  const [first = null, last = null] = [found[0]?.position, found.at(-1)?.position]
  const exists = async (position: Position | null, backwards: boolean) =>
    (await readRuns(reading, plan.order, plan.runs(position, backwards), 1, 0)).length > 0
  const isBehind =
    from === null
      ? offset > 0 && (first !== null || previous !== undefined || (await exists(null, false)))
      : await exists(reverse ? last : first, !reverse)
  const facts = {
    count: found.length,
    first,
    last,
    hasBefore: reverse ? isMore : isBehind,
    hasAfter: reverse ? isBehind : isMore,
    revision,
  }
  return { found, facts }
}

async function glued(asking: Asking, found: readonly Found[], metadata: boolean): Promise<Buffer> {
  if (found.length === 0) return NOBODY
  const [, documents] = await asking.rows(glue(found.map(({ number }) => number), metadata)) // prettier-ignore
  return bytesIn(documents)
}

/** The documents that the last row of an answer has; none where there is no such row. */
export function bytesIn(row: Row | undefined): Buffer {
  const bytes = row?.find((value) => Buffer.isBuffer(value))
  return Buffer.isBuffer(bytes) ? bytes : NOBODY
}

/** The heading of a snapshot, and the documents of users, in the order of their numbers here. */
export function glue(numbers: readonly number[], metadata: boolean) {
  const document = metadata ? sql`d.open || d.metadata` : sql`d.open`
  const name = metadata ? 'documents with metadata' : 'documents'
  return {
    ...sql`SELECT ${HEADING}, NULL AS ${raw(DOCUMENTS)}
      UNION ALL (SELECT NULL, ${document}
        FROM unnest(${arrayText(numbers)}::bigint[]) WITH ORDINALITY l (number, place) JOIN documents d ON d.number = l.number
        ORDER BY l.place)`,
    name,
  }
}
