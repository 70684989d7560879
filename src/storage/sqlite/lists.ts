import type { DocumentPage, Query, UserPage } from '../../core/query.ts'
import { conditionFrom } from '../sql/condition.ts'
import { memory } from '../sql/memory.ts'
import { narrowIndex } from './creation.ts'
import { DEAR } from './dear.ts'
import { storeError } from './errors.ts'
import { readDocuments, readUsers } from './page.ts'
import type { Reader } from './reader.ts'
import type { ListQuestion } from './thread-messages.ts'
import type { ReadingThreads } from './reading-threads.ts'

/** Lists, read here as long as that is cheap, else by threads where there are any. */
export interface Lists {
  readonly users: (query: Query) => Promise<UserPage>
  readonly documents: (query: Query, metadata: boolean) => Promise<DocumentPage>
}

/** A list that took so long is read by a thread the next time, whatever it looked like. */
const SLOW_MS = 50
/** For how long: what took long may have waited for something else. */
const SLOW_FOR_MS = 60_000
const SLOW_MAX = 1000

/** The lists of a reader, with threads for what is dear to it. */
export function listsOver(reader: Reader, threads: ReadingThreads | null): Lists {
  const slow = memory<number>(SLOW_MAX)
  let slowUntilMs = 0

  const isSlow = (query: Query, nowMs: number) => nowMs < slowUntilMs && nowMs < (slow.get(keyOf(query)) ?? 0)

  const note = (query: Query, nowMs: number) => {
    if (!query.search && narrowIndex(conditionFrom(query.filter)) !== null && query.sort.length < 2) return
    slowUntilMs = nowMs + SLOW_FOR_MS
    slow.set(keyOf(query), slowUntilMs)
  }

  const read = <T extends UserPage | DocumentPage>(question: ListQuestion, here: () => T): Promise<T> => {
    const startMs = performance.now()
    const { query } = question
    try {
      if (threads && isSlow(query, startMs)) throw DEAR
      return Promise.resolve(here())
    } catch (error) {
      if (error === DEAR && threads) return threads.read(question) as Promise<T>
      return Promise.reject(storeError(error))
    } finally {
      const endMs = performance.now()
      if (threads && endMs - startMs > SLOW_MS) note(query, endMs)
    }
  }

  return {
    users: (query) => read({ query, documents: null }, () => readUsers(reader, query)),
    documents: (query, metadata) =>
      read({ query, documents: { metadata } }, () => readDocuments(reader, query, metadata)),
  }
}

function keyOf({ filter, search, sort, total }: Query): string {
  const shown = (_: string, value: unknown) => (typeof value === 'symbol' ? [] : value)
  return JSON.stringify([filter, search, sort, total], shown)
}
