import { DirectoryError, invalid } from '../../core/error.ts'
import type { Permission } from '../../core/principal.ts'
import type { Answer, Body, PublicCall } from '../dialect.ts'
import { parseJson } from '../json-body.ts'
import { describedMembers, describedSchemas } from '../meaning.ts'
import type { Schema } from '../operation.ts'
import { excerpt, readParameters } from '../parameter.ts'
import { choice, object, optional, string, type ShapeOf } from '../shape.ts'
import { TOKEN_MEANINGS, TOKEN_REQUEST_MEANINGS } from './meaning.ts'

/** The media type of HTML forms, in which RFC 6749 has its requests. */
export const FORM = 'application/x-www-form-urlencoded'

const credential = optional(string())

/** A token request (RFC 6749 §4.4.2). Members it does not know are ignored, as §3.2 asks. */
export const tokenShape = object(
  describedMembers(TOKEN_REQUEST_MEANINGS, {
    grant_type: choice(['client_credentials']),
    client_id: credential,
    client_secret: credential,
    audience: credential,
    scope: credential,
  }),
  { unknown: 'ignore' },
)

/** The answer to one (RFC 6749 §5.1). */
export const issuedTokenSchema: Schema = {
  type: 'object',
  properties: describedSchemas(TOKEN_MEANINGS, {
    access_token: { type: 'string' },
    expires_in: { type: 'integer', minimum: 1 },
    token_type: { type: 'string', enum: ['Bearer'] },
    scope: { type: 'string' },
  }),
  required: ['access_token', 'expires_in', 'token_type', 'scope'],
}

// What the vendor's clients ask for, whatever server they are pointed at: it means the server that is asked.
const VENDOR_AUDIENCE = 'https://api.alvys.com/public/'

/** Exchanges client credentials, in the body or by HTTP Basic, for a signed token. RFC 6749 §2.3.1: never in the query. */
export async function answerToken(call: PublicCall): Promise<Answer> {
  readParameters({}, call.query)
  const request = tokenShape.read(membersOf(call.body), '')
  const { id, secret } = clientOf(call.header('authorization'), request)
  const { token, lifetimeS, permissions } = await call.tokens.forClient(id, secret, audienceOf(request), scopesOf)
  const granted = scopesOf(permissions)
  assertScope(request.scope, granted)
  return {
    status: 200,
    // RFC 6749 §5.1.
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', pragma: 'no-cache' },
    body: JSON.stringify({
      access_token: token,
      expires_in: lifetimeS,
      token_type: 'Bearer',
      scope: granted.join(' '),
    }),
  }
}

function audienceOf({ audience }: ShapeOf<typeof tokenShape>): string | undefined {
  return audience === VENDOR_AUDIENCE ? undefined : audience
}

// RFC 6749 §3.2: a parameter without a value is an absent one.
function membersOf(body: Body | null): unknown {
  const value: unknown = body?.mediaType === FORM ? formOf(body.text) : parseJson(body, { mediaTypes: [FORM] })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== ''))
}

function formOf(text: string): Readonly<Record<string, string>> {
  const members = new Map<string, string>()
  for (const pair of text.split('&').filter((one) => one !== '')) {
    const split = pair.indexOf('=')
    const name = formText(split < 0 ? pair : pair.slice(0, split))
    const value = split < 0 ? '' : formText(pair.slice(split + 1))
    if (members.has(name)) {
      throw invalid('range', `${excerpt(name)} may be sent only once.`, { in: 'body', name: excerpt(name) })
    }
    members.set(name, value)
  }
  return Object.fromEntries(members)
}

// URLSearchParams would put another character for what is malformed.
function formText(text: string): string {
  const decoded = formDecoded(text)
  if (decoded !== undefined) return decoded
  throw invalid('syntax', 'The form is not well-formed percent-encoded UTF-8.', {
    in: 'body',
    allowed: 'percent-encoded UTF-8',
  })
}

interface Client {
  readonly id: string
  readonly secret: string
}

function clientOf(authorization: string | undefined, request: ShapeOf<typeof tokenShape>): Client {
  const basic = authorization === undefined ? undefined : basicClient(authorization)
  const { client_id: id, client_secret: secret } = request
  if (basic && secret !== undefined) {
    throw invalid('value', 'Send client_secret either in the body or by HTTP Basic.', {
      in: 'body',
      name: 'client_secret',
    })
  }
  if (basic) return basic
  if (id === undefined) throw invalid('missing', 'client_id is required.', { in: 'body', name: 'client_id' })
  if (secret === undefined)
    throw invalid('missing', 'client_secret is required.', { in: 'body', name: 'client_secret' })
  return { id, secret }
}

// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
function basicClient(authorization: string): Client | undefined {
  if (!/^basic( |$)/i.test(authorization)) return undefined
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1] ?? ''
  const [id, secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':', 2).map(formDecoded)
  if (id === undefined || secret === undefined) {
    throw new DirectoryError('unauthenticated', 'The client credentials are not valid.', { reason: 'bad_token' })
  }
  return { id, secret }
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

const SCOPES: Partial<Record<Permission, readonly string[]>> = {
  'users:read': ['user:read'],
  'users:write': ['user:create', 'user:update', 'user:delete'],
  'customers:read': ['customer:read'],
  'customers:write': ['customer:create', 'customer:update', 'customer:delete'],
}

/** The vendor's words for what a token may do; permissions it has no word for are left out. */
function scopesOf(permissions: readonly Permission[]): readonly string[] {
  if (permissions.includes('admin')) return Object.values(SCOPES).flat()
  return permissions.flatMap((permission) => SCOPES[permission] ?? [])
}

// The vendor's rule: asking for less changes nothing, asking for what is not granted fails.
function assertScope(asked: string | undefined, granted: readonly string[]): void {
  const missing = asked?.split(' ').find((scope) => scope !== '' && !granted.includes(scope))
  if (missing === undefined) return
  throw invalid('value', `The scope ${excerpt(missing)} is not granted to this client.`, {
    in: 'body',
    name: 'scope',
    allowed: granted,
  })
}
