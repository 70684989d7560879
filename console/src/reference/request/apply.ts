import { headerOf, isHeader, type HttpRequest } from '../curl/request.ts'
import type { Form, Pair } from './form.ts'
import type { Match } from './match.ts'

/** Text in place of what everyone has to fill in: `YOUR_TOKEN`, `<token>`, `{id}`, `$TOKEN`, `rc_…`, `eyJhbGci...`. */
const PLACEHOLDER = /^(?:\$\{?\w+\}?|<[^>]*>|\{+[^}]*\}+|YOUR[_A-Z]*|.*(?:\.\.\.|…))$/

/** What stands in code where a token is to be filled in. */
export const TOKEN_PLACEHOLDER = 'YOUR_TOKEN'

/** What a request says of the credentials: a token (with or without `Bearer`), a place left for one, nothing, or something else. */
export type Authorization =
  | { readonly kind: 'token'; readonly token: string; readonly isBare: boolean }
  | { readonly kind: 'placeholder' | 'none' | 'other' }

/** The form that a matching request fills in, with the old values where it only has a place for one. */
export function applyRequest(
  form: Form,
  request: HttpRequest,
  match: Match,
  takesBareTokens: boolean,
): { readonly form: Form; readonly authorization: Authorization } {
  const { headers, body } = request
  const authorization = authorizationOf(headerOf(headers, 'Authorization'), takesBareTokens)
  const isOurs = (name: string) =>
    (isHeader(name, 'Authorization') && authorization.kind !== 'other') ||
    (isHeader(name, 'Content-Type') && body !== null)
  const own = headers.filter(([name]) => !isOurs(name)).map(([name, value]): Pair => ({ name, value }))
  const path = Object.fromEntries(
    Object.entries(match.path).map(([name, value]) => [
      name,
      PLACEHOLDER.test(value) ? (form.path[name] ?? '') : value,
    ]),
  )
  const mediaType = body === null ? form.mediaType : (headerOf(headers, 'Content-Type') ?? null)
  return { form: { path, query: match.query, headers: own, mediaType, body }, authorization }
}

function authorizationOf(value: string | undefined, takesBareTokens: boolean): Authorization {
  if (value === undefined) return { kind: 'none' }
  const bearer = /^Bearer +(.*)$/i.exec(value)?.[1]
  if (bearer === undefined && (!takesBareTokens || /\s/.test(value))) return { kind: 'other' }
  const token = bearer ?? value
  if (PLACEHOLDER.test(token)) return { kind: 'placeholder' }
  return { kind: 'token', token, isBare: bearer === undefined }
}
