import type { DocumentPage, Query, UserPage } from '../../core/query.ts'
import type { Store } from '../../core/store.ts'
import type { User } from '../../core/user.ts'
import type { Database } from './database.ts'
import { readSteps, type GluedPage } from './page.ts'
import { readAtOnce } from './page-at-once.ts'
import { openReader, type PlanLimits } from './reader.ts'
import { openNaming } from './statement-names.ts'

/** Lists over a server: the one place where the store meets them. `limits` are for tests that want every kind of plan. */
export function listReader(database: Database, limits?: PlanLimits): Pick<Store, 'users' | 'documents'> {
  const reader = openReader(limits)
  const naming = openNaming()

  const read = async (query: Query, metadata: boolean): Promise<GluedPage> => {
    const page = await readAtOnce(reader, database, naming, query, metadata)
    return page ?? database.read((snapshot) => readSteps(reader, snapshot, query, metadata), shapeOf(query))
  }

  return {
    async users(query): Promise<UserPage> {
      const { facts, text } = await read(query, true)
      return { ...facts, users: JSON.parse(`[${text}]`) as User[] }
    },
    async documents(query, metadata): Promise<DocumentPage> {
      const { facts, text } = await read(query, metadata)
      return { ...facts, documents: text === '' ? [] : [Buffer.from(text)] }
    },
  }
}

/** Runs so long have trigrams; how much longer they are makes little difference. */
const RUN_LENGTH = 3

// What a query asks without what it asks about: queries of one shape take about as long.
function shapeOf({ filter, search, sort, total }: Query): string {
  return JSON.stringify([filter, search?.terms.length, sort, total], (name, value: unknown) => {
    if (name === 'value') return typeof value
    if (name === 'values') return []
    if (name !== 'parts' || !Array.isArray(value)) return value
    return value.map((part: unknown) => (typeof part === 'string' ? Math.min(part.length, RUN_LENGTH) : '*'))
  })
}
