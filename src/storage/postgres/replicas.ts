import type { Store } from '../../core/store.ts'
import { raw } from '../sql/fragment.ts'
import { counter } from './counters.ts'
import type { Database } from './database.ts'
import { isBehind, isPassing } from './errors.ts'
import { shared } from './shared.ts'

/** The questions replicas may answer. */
export type Lists = Pick<Store, 'users' | 'documents'>

/** A server, and lists over it. */
export interface ListServer {
  readonly database: Database
  readonly lists: Lists
}

/** Lists over a primary and its replicas. */
export interface SpreadLists extends Lists {
  /** Looks at every replica once. Gives the places of those that follow another directory. */
  readonly look: () => Promise<readonly number[]>
  /** Closes the replicas. */
  readonly close: () => Promise<void>
}

/** How long a replica that is away is left alone. */
const RETRY_MS = 1_000

interface Replica extends ListServer {
  /** The newest revision it is known to have; null while it is left out. */
  revision: number | null
  /** When it is left out: the next try. */
  retry: NodeJS.Timeout | null
  /** Its directory, and its newest revision. */
  readonly ask: () => Promise<Known>
}

interface Known {
  readonly directory: string
  readonly revision: number
}

/**
 * Spreads lists over replicas, one after another. What asks for a revision goes to a replica that has it, else to the
 * primary, as does everything while no replica answers. A replica that fails is left out and tried again by itself.
 */
export function spread(primary: ListServer, servers: readonly ListServer[]): SpreadLists {
  const replicas = servers.map((server): Replica => ({
    ...server,
    revision: null,
    retry: null,
    ask: shared(() => know(server)),
  }))
  let turn = 0
  let isClosed = false

  const leaveOut = (replica: Replica) => {
    replica.revision = null
    if (isClosed || replica.retry) return
    replica.retry = setTimeout(() => {
      replica.retry = null
      void meet(replica)
    }, RETRY_MS)
    // Nothing stays for it.
    replica.retry.unref()
  }

  // Whether a replica follows the same directory; undefined where it does not answer.
  const meet = async (replica: Replica): Promise<boolean | undefined> => {
    try {
      const [own, its] = await Promise.all([know(primary), replica.ask()])
      if (own.directory === its.directory) replica.revision = its.revision
      else leaveOut(replica)
      return own.directory === its.directory
    } catch {
      leaveOut(replica)
      return undefined
    }
  }

  const has = async (replica: Replica, revision: number): Promise<boolean> => {
    if (replica.revision === null) return false
    if (replica.revision >= revision) return true
    try {
      replica.revision = (await replica.ask()).revision
      return replica.revision >= revision
    } catch {
      leaveOut(replica)
      return false
    }
  }

  const choose = async (revision: number): Promise<Replica | undefined> => {
    for (let tries = 0; tries < replicas.length; tries++) {
      const replica = replicas[turn++ % replicas.length]
      if (replica && (await has(replica, revision))) return replica
    }
    return undefined
  }

  const answer = async <T>(revision: number | undefined, ask: (lists: Lists) => Promise<T>): Promise<T> => {
    const replica = await choose(revision ?? 0)
    if (!replica) return ask(primary.lists)
    try {
      return await ask(replica.lists)
    } catch (error) {
      if (isPassing(error)) {
        leaveOut(replica)
        return ask(primary.lists)
      }
      // What it has is looked up anew.
      replica.revision &&= 0
      // Behind one address may stand several, of which another one said what it has.
      if (isBehind(error)) return ask(primary.lists)
      // What is too dear for a replica is too dear for the primary.
      throw error
    }
  }

  return {
    users: (query) => answer(query.minRevision, (lists) => lists.users(query)),
    documents: (query, metadata) => answer(query.minRevision, (lists) => lists.documents(query, metadata)),
    async look() {
      const met = await Promise.all(replicas.map(meet))
      return met.flatMap((isSame, place) => (isSame === false ? [place] : []))
    },
    async close() {
      isClosed = true
      for (const { retry } of replicas) clearTimeout(retry ?? undefined)
      await Promise.all(replicas.map(({ database }) => database.close()))
    },
  }
}

// No two directories were made at the same microsecond.
const ABOUT = {
  ...raw(`SELECT (SELECT extract(epoch FROM at)::text FROM migrations WHERE number = 1), ${counter('revision').text}`),
  name: 'directory',
}

async function know({ database }: ListServer): Promise<Known> {
  const [directory, revision] = (await database.first(ABOUT)) ?? []
  return { directory: String(directory), revision: Number(revision) }
}
