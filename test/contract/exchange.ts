import type { Rollcall } from '../harness.ts'
import type { RawAnswer, RawRequest } from '../request.ts'
import type { Role } from '../seed.ts'
import type { FixtureRequest } from './fixture.ts'

/** The request of a fixture as it goes out, in the name of a role, with the values of earlier answers put in. */
export function requestFrom(
  { method, path, headers = {}, body }: FixtureRequest,
  role: Role,
  { tokens }: Pick<Rollcall, 'tokens'>,
  earlier: readonly RawAnswer[],
): RawRequest {
  const token = tokens[role]
  const fill = (text: string) => text.replace(/\$\{([^}]+)\}/g, (_, name: string) => valueOf(name, token, earlier))
  const sent = bodyFrom(body, fill)
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), fill(value)])
  return {
    method,
    path: fill(path),
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token.secret}` }),
      ...(sent?.isJson ? { 'content-type': 'application/json' } : {}),
      ...(Object.fromEntries(named) as Record<string, string>),
    },
    body: sent === null ? null : sent.text,
  }
}

interface SentBody {
  readonly text: string
  readonly isJson: boolean
}

function bodyFrom(body: unknown, fill: (text: string) => string): SentBody | null {
  if (body === null || body === undefined) return null
  const [[name, value] = [], ...rest] = typeof body === 'object' ? Object.entries(body) : []
  if (rest.length === 0 && name === 'text' && typeof value === 'string') return { text: fill(value), isJson: false }
  if (rest.length === 0 && name === 'fill' && typeof value === 'number')
    return { text: 'x'.repeat(value), isJson: true }
  return { text: fill(JSON.stringify(body)), isJson: true }
}

function valueOf(name: string, token: Rollcall['tokens'][Role], earlier: readonly RawAnswer[]): string {
  if (name === 'token' && token) return token.secret
  if (name === 'tokenId' && token) return token.id
  const [number = '', ...path] = name.split('.')
  const answer = earlier[Number(number) - 1]
  const body: unknown = answer && path[0] === 'body' ? JSON.parse(answer.text) : undefined
  let value: unknown = { headers: answer?.headers, body }
  for (const member of path) value = (value as Record<string, unknown> | undefined)?.[member]
  if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`There is no \${${name}} to put in.`)
  return String(value)
}
