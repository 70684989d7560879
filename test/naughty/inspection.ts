import type { Store } from '../../src/core/store.ts'
import type { Dialect, Route } from '../../src/dialects/dialect.ts'
import { dialects } from '../../src/dialects/index.ts'
import { DEFAULT_DIALECT_SETTINGS } from '../../src/dialects/settings.ts'
import { startRollcall, type Rollcall } from '../harness.ts'
import { NOON } from '../model/sample.ts'
import type { RawAnswer, RawRequest } from '../request.ts'
import { percentEncoded } from './collection.ts'
import { errorFault } from './wire-error.ts'

/** A route and whose it is. */
export interface Target {
  readonly dialect: Dialect
  readonly route: Route
}

const spoken = dialects(DEFAULT_DIALECT_SETTINGS)

/** A server over a small directory that takes as many requests as there are. */
export async function startServer(): Promise<Rollcall> {
  let writes: Store['commit'] | undefined
  const through = (store: Store): Store => {
    writes = (commit) => store.commit(commit)
    return store
  }
  const server = await startRollcall({ users: 20, requestsPerMinute: 0, through })
  // What the examples of paths name is a user, and has to be a saved view as well.
  const view = { id: EXAMPLE_ID, userId: EXAMPLE_ID, name: 'Example', query: '', isShared: true }
  const change = { kind: 'saved-view', view: { ...view, createdAt: NOON, updatedAt: NOON }, expected: null } as const
  await writes?.({ changes: [change], at: NOON, by: null })
  return server
}

const EXAMPLE_ID = '5ec2c050-7aa8-48b4-98d7-7c972dfabf6f'

/** Every route of every dialect. */
export const TARGETS: readonly Target[] = spoken.flatMap((dialect) =>
  dialect.routes.map((route) => ({ dialect, route })),
)

/** The path of a route with its parameters filled in: as its operation's examples say, or as told. */
export function pathOf({ route }: Target, told: Readonly<Record<string, string>> = {}): string {
  const examples = new Map(route.operation.parameters.map(({ name, example }) => [name, example]))
  return route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const example = examples.get(name) as string | number | undefined
    return told[name] ?? percentEncoded(String(example ?? 1))
  })
}

// Words of engines and runtimes that no answer has any business with.
const LEAKS =
  /sqlite|fts5|no such (?:table|column|function)|syntax error near|node:internal|\.ts:\d|\n\s+at |TypeError|RangeError/i

const IN_FLIGHT = 8

/** Sends requests, as many at once as the route takes, and says what is wrong with the answers. */
export async function inspect(
  server: Rollcall,
  target: Target,
  requests: readonly RawRequest[],
): Promise<readonly string[]> {
  const faults: string[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const fault = faultOf(target, request, await sent(server, request))
      if (fault !== undefined) faults.push(fault)
    }
  }
  // An answer has its place for a moment longer than whoever reads it.
  const atOnce = 'atOnceMax' in target.route ? Math.max(1, (target.route.atOnceMax ?? IN_FLIGHT) - 1) : IN_FLIGHT
  await Promise.all(Array.from({ length: atOnce }, work))
  return faults
}

/** Sends a request in the name of the administrator. */
export function sent(server: Rollcall, request: RawRequest): Promise<RawAnswer> {
  const headers = { authorization: `Bearer ${server.tokens.admin?.secret ?? ''}`, ...request.headers }
  return server.send({ ...request, headers })
}

/** What is wrong with an answer, beside the request; undefined for one that keeps the dialect's word. */
export function faultOf({ dialect, route }: Target, request: RawRequest, answer: RawAnswer): string | undefined {
  const { status, text } = answer
  const contentType = answer.headers['content-type'] ?? ''
  const fault = (what: string): string =>
    `${request.method} ${excerpt(request.path)} ${excerpt(request.body)} → ${status} ${excerpt(text)}: ${what}`
  if (status >= 500) return fault('a fault of the server')
  if (status === 429) return fault('it was not tried')
  // Administrators may know the name of the engine.
  if (LEAKS.test(text.replace('"engine":"sqlite"', ''))) return fault('it tells of the inside')
  // `If-None-Match: *` is content with whatever there is.
  if (status === 304) return text === '' ? undefined : fault('a body where there is none')
  if (status >= 400) {
    // A path that is no longer the route's is refused by whoever owns it.
    const [path = ''] = request.path.split('?')
    const owner = spoken.find((one) => one === dialect && one.owns(path)) ?? spoken.find((one) => one.owns(path))
    const wrong = errorFault((owner ?? spoken.at(-1) ?? dialect).name, status, contentType, text)
    return wrong === undefined ? undefined : fault(wrong)
  }
  const promised = route.operation.responses.filter((one) => one.status === status)
  if (!promised.some(({ mediaType }) => (mediaType ?? '') === contentType.split(';')[0])) {
    return fault(`content type ${contentType}, which the operation does not promise`)
  }
  return undefined
}

function excerpt(value: unknown): string {
  const text = Buffer.isBuffer(value) ? value.toString('latin1') : typeof value === 'string' ? value : ''
  const shown = JSON.stringify(text)
  return shown.length > 300 ? `${shown.slice(0, 300)}… (${text.length})` : shown
}
