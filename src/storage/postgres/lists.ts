import type { DocumentPage, Query, UserPage } from '../../core/query.ts'
import type { Store } from '../../core/store.ts'
import type { User } from '../../core/user.ts'
import { memory } from '../sql/memory.ts'
import type { Database } from './database.ts'
import { readSteps, type GluedPage } from './page.ts'
import { readAtOnce } from './page-at-once.ts'
import { openReader, type PlanLimits } from './reader.ts'
import { shared } from './shared.ts'
import { openNaming } from './statement-names.ts'

/** Questions of several statements that wait for the answer to the same one. */
const DEAR_MAX = 500

/** Lists over a server: the one place where the store meets them. `limits` are for tests that want every kind of plan. */
export function listReader(database: Database, limits?: PlanLimits): Pick<Store, 'users' | 'documents'> {
  const reader = openReader(limits)
  const naming = openNaming()
  const dear = memory<() => Promise<GluedPage>>(DEAR_MAX)

  const atOnce = (query: Query, metadata: boolean) =>
    readAtOnce(reader, database.ofShape(shapeOf(query)), naming, query, metadata)
  const inSteps = (query: Query, metadata: boolean) =>
    database.read((snapshot) => readSteps(reader, snapshot, query, metadata), shapeOf(query))

  const read = async (query: Query, metadata: boolean): Promise<GluedPage> => {
    const page = await atOnce(query, metadata)
    if (page) return page
    // After a commit many ask the same, and the first answer leaves behind what makes the others cheap.
    const key = keyOf(query, metadata)
    const known = dear.get(key)
    const reading = known ?? shared(async () => (await atOnce(query, metadata)) ?? inSteps(query, metadata))
    if (!known) dear.set(key, reading)
    const shown = await reading()
    // Whoever sends it gives its memory back.
    return { ...shown, bytes: Buffer.from(shown.bytes) }
  }

  return {
    async users(query): Promise<UserPage> {
      const { facts, bytes } = await read(query, true)
      return { ...facts, users: JSON.parse(`[${bytes.toString()}]`) as User[] }
    },
    async documents(query, metadata): Promise<DocumentPage> {
      const { facts, bytes } = await read(query, metadata)
      return { ...facts, documents: bytes.length === 0 ? [] : [bytes] }
    },
  }
}

// Numbers that JSON has no word for are told apart.
function keyOf(query: Query, metadata: boolean): string {
  return JSON.stringify([query, metadata], (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? [String(value)] : value,
  )
}

/** Runs so long have trigrams; how much longer they are makes little difference, to terms too. */
const RUN_LENGTH = 3

function lengthOf(run: string): number {
  return Math.min(run.length, RUN_LENGTH)
}

// What a query asks without what it asks about: queries of one shape take about as long.
function shapeOf({ filter, search, sort, total }: Query): string {
  return JSON.stringify([filter, search?.terms.map(lengthOf), sort, total], (name, value: unknown) => {
    if (name === 'value') return typeof value
    if (name === 'values') return []
    if (name !== 'parts' || !Array.isArray(value)) return value
    return value.map((part: unknown) => (typeof part === 'string' ? lengthOf(part) : '*'))
  })
}
