import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Store } from '../../src/core/store.ts'
import { openStore } from '../../src/storage/index.ts'
import { openSqlite } from '../../src/storage/sqlite/open.ts'
import { openTestStore } from '../postgres/stores.ts'

/** The engines, and with them every kind of plan they have for directories larger than these. */
const ENGINES = {
  SQLite: () => openStore('sqlite::memory:'),
  'SQLite that gathers and sorts one user at most': () => limited(1),
  'SQLite that gathers and sorts a few users': () => limited(3),
  'SQLite that gathers and sorts some users': () => limited(12),
  'SQLite that has other threads read what is dear': () => threaded(0),
  'SQLite that has other threads read what is dearer': () => threaded(5),
  PostgreSQL: () => openTestStore(),
  'PostgreSQL that gathers and sorts one user at most': () => limitedPostgres(1),
  'PostgreSQL that gathers and sorts some users': () => limitedPostgres(5),
} satisfies Record<string, () => Promise<Store>>

type Engine = keyof typeof ENGINES

function limited(most: number): Promise<Store> {
  return Promise.resolve(
    openSqlite(':memory:', { limits: { gatherMax: () => most, sliceMin: () => most, scoredMax: most } }),
  )
}

async function threaded(looksMax: number): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
  const reading = { looksMax, threads: 2, waitingMax: 32, timeMs: 60_000 }
  const store = openSqlite(join(folder, 'users.db'), { reading })
  return {
    ...store,
    async close() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

function limitedPostgres(most: number): Promise<Store> {
  return openTestStore({
    plans: { gatherMax: () => most, countedMax: most, sliceMin: () => most, scoredMax: most },
  })
}

/** One of the engines, by name. */
export const engine: fc.Arbitrary<Engine> = fc.constantFrom(...(Object.keys(ENGINES) as Engine[]))

/** Lends an empty store of an engine that is gone afterwards. */
export async function withStore<T>(engine: Engine, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await ENGINES[engine]()
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
