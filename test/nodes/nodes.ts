import { randomBytes } from 'node:crypto'
import { fillDemo } from '../../src/cli/demo/index.ts'
import { layFoundation } from '../../src/cli/folder/foundation.ts'
import { openKeys } from '../../src/cli/folder/keys.ts'
import type { View } from '../../src/core/directory.ts'
import { operator, type Permission } from '../../src/core/principal.ts'
import type { Store } from '../../src/core/store.ts'
import { createDirectory } from '../../src/core/view.ts'
import { dialects } from '../../src/dialects/index.ts'
import { DEFAULT_DIALECT_SETTINGS } from '../../src/dialects/settings.ts'
import type { Event } from '../../src/http/event.ts'
import { openRedisCounts } from '../../src/http/redis-counts.ts'
import { openServer } from '../../src/http/server.ts'
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../../src/http/settings.ts'
import { openSigningKey } from '../../src/http/signing.ts'
import { sender, type RawAnswer, type RawRequest } from '../request.ts'

/** One server among several that share a directory. */
export interface Node {
  readonly url: string
  readonly events: readonly Event[]
  send(request: Partial<RawRequest> & { readonly path: string }): Promise<RawAnswer>
  /** A value of /metrics by its name. */
  metric(name: string): Promise<number>
  close(): Promise<void>
}

/** Several nodes, and the directory they share as its operator sees it. */
export interface Nodes {
  readonly all: readonly [Node, Node, ...Node[]]
  readonly view: View
  issue(permissions?: readonly Permission[]): Promise<{ readonly id: string; readonly secret: string }>
  /** Closes the nodes and their stores. */
  close(): Promise<void>
}

export interface NodesOptions {
  /** How each node opens the one directory; two of one process may have the very same store. */
  readonly open: () => Promise<Store>
  readonly redis?: string
  readonly settings?: Partial<ServerSettings>
  readonly users?: number
}

/** Opens two nodes over one directory, with a few users. */
export async function openNodes({ open, redis, settings = {}, users }: NodesOptions): Promise<Nodes> {
  const stores = new Set([await open()])
  const [store] = stores
  if (store === undefined) throw new Error('There is no store.')
  const view = directoryOver(store, randomBytes(32)).as(operator(1))
  await layFoundation(view)
  if (users !== undefined) await fillDemo(view, { users })
  const openNode = async (own: Store): Promise<Node> => {
    const { cursorKey, signingJwk } = await openKeys(own, null)
    const counts = redis === undefined ? undefined : openRedisCounts(redis)
    const events: Event[] = []
    const server = await openServer({
      directory: directoryOver(own, cursorKey),
      store: own,
      dialects: dialects(DEFAULT_DIALECT_SETTINGS),
      signing: await openSigningKey(signingJwk, { issuer: 'nodes', audience: 'nodes' }),
      settings: {
        ...DEFAULT_SERVER_SETTINGS,
        // However busy the machine is, no node gives up on the others.
        timeouts: { ...DEFAULT_SERVER_SETTINGS.timeouts, drainNoticeMs: 0, countMs: 60_000 },
        ...settings,
        port: 0,
      },
      log: { write: (event) => void events.push(event), flush: () => Promise.resolve() },
      now: Date.now,
      ...(counts === undefined ? {} : { counts }),
    })
    const requests = sender(server.url)
    return {
      url: server.url,
      events,
      send: ({ method = 'GET', ...request }) => requests.send({ method, ...request }),
      async metric(name) {
        const { text } = await requests.send({ method: 'GET', path: '/metrics' })
        return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1])
      },
      async close() {
        requests.close()
        await server.close()
        counts?.close()
      },
    }
  }
  const second = await open()
  stores.add(second)
  const all = [await openNode(store), await openNode(second)] as const
  return {
    all,
    view,
    async issue(permissions = ['users:read']) {
      const { users: found } = await view.users({ page: { offset: 0, limit: 1 } })
      const draft = { name: 'test', userId: found[0]?.id ?? '', permissions, scope: 'all', expiresAt: null } as const
      const { token, secret } = await view.issueToken(draft)
      return { id: token.id, secret }
    },
    async close() {
      for (const node of all) await node.close()
      for (const one of stores) await one.close()
    },
  }
}

function directoryOver(store: Store, cursorKey: Uint8Array) {
  return createDirectory({ store, now: Date.now, randomBytes, cursorKey })
}

/** The header that shows a token. */
export function bearer(secret: string): { readonly authorization: string } {
  return { authorization: `Bearer ${secret}` }
}

/** Asks again and again until it is so. A test that waits for ever is ended by whoever runs it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}
