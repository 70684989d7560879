import type { Operation } from '../document/document.ts'
import type { Pair } from './form.ts'
import { decode, queryPairs } from './url-text.ts'

/** The operation that a request is for. */
export interface Match {
  readonly operation: Operation
  readonly path: Readonly<Record<string, string>>
  readonly query: readonly Pair[]
  /** The server in the URL; null where it has none, or a variable stands for it. */
  readonly server: string | null
}

/** A request for none: the methods that its path does take, of the operations asked about. */
export interface NoMatch {
  readonly operation: null
  readonly path: string
  readonly methods: readonly string[]
}

const URL_PARTS = /^(https?:\/\/[^/?]*|\$\w+|\$\{\w+\}|\{\{[^}]*\}\})?([^?]*)(\?[^]*)?$/i

/**
 * Finds whose a request is among operations, the first of equals. The path counts, below the path of `server` too; what host
 * it names does not. With a variable for the server, the path may be the end of an operation's, best of the first one's.
 */
export function matchRequest(
  request: { readonly method: string; readonly url: string },
  operations: readonly Operation[],
  server: string,
): Match | NoMatch {
  const [, host = '', rest = '', query = ''] = URL_PARTS.exec(request.url) ?? []
  const isVariable = host !== '' && !/^http/i.test(host)
  const base = /^https?:\/\/[^/]*(\/[^]*)$/i.exec(server)?.[1] ?? ''
  const paths = [rest, ...(base !== '' && rest.startsWith(`${base}/`) ? [rest.slice(base.length)] : [])].map(trimmed)
  const found = paths
    .flatMap((path) => operations.flatMap((operation, index) => candidates(operation, path, isVariable, index === 0)))
    .toSorted((a, b) => a.cost - b.cost)
  const best = found.find(({ operation }) => operation.method === request.method)
  if (!best) {
    const methods = new Set(found.map(({ operation }) => operation.method))
    return { operation: null, path: rest === '' ? '/' : rest, methods: [...methods] }
  }
  const isBelow = paths.length > 1 && best.path === paths[1]
  return {
    operation: best.operation,
    path: best.values,
    query: queryPairs(query),
    server: host === '' || isVariable ? null : `${host}${isBelow ? base : ''}`,
  }
}

interface Candidate {
  readonly operation: Operation
  readonly path: string
  readonly values: Readonly<Record<string, string>>
  /** Plain text is closer than a parameter, the same letters than other ones, all of a path than its end. */
  readonly cost: number
}

function candidates(operation: Operation, path: string, isEndEnough: boolean, isFirst: boolean): readonly Candidate[] {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const tails = isEndEnough ? endsOf(operation.path) : []
  return [operation.path, ...tails].flatMap((template, dropped) => {
    const exact = patternOf(template, '').exec(path)
    const found = exact ?? patternOf(template, 'i').exec(path)
    if (!found) return []
    const values = Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')]))
    return [{ operation, path, values, cost: names.length + (exact ? 0 : 100) + (isFirst ? 0 : dropped * 1000) }]
  })
}

function patternOf(template: string, flags: string): RegExp {
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)')
  return new RegExp(`^${pattern}$`, flags)
}

// `/v1/users/{id}` is also `/users/{id}`, but never less than what is before its first parameter.
function endsOf(template: string): readonly string[] {
  const segments = template.split('/').slice(1)
  const first = segments.findIndex((segment) => segment.includes('{'))
  const last = first === -1 ? segments.length - 1 : first - 1
  return segments.slice(0, Math.max(last, 0)).map((_, index) => `/${segments.slice(index + 1).join('/')}`)
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path
}
