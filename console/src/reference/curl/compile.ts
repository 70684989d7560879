import type { Argument } from './arguments.ts'
import { CurlFault } from './fault.ts'
import { encodeFormValue } from './form-encoding.ts'
import { isHeader, type Header, type HttpRequest } from './request.ts'
import { splitUrl } from './url.ts'
import type { Word } from './word.ts'

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** What the arguments say so far. */
interface Draft {
  method: string | null
  isGet: boolean
  head: Word | null
  url: Word | null
  /** Null for a header that is not to be sent. */
  readonly headers: (readonly [name: string, value: string | null])[]
  /** What is sent unless a header of the name was given. */
  readonly implied: Map<string, string>
  body: string | null
  data: Word | null
  isJson: boolean
  readonly query: string[]
}

/** The request that curl would make of its arguments. Throws `CurlFault`; `program` is where a fault of the whole lies. */
export function compile(given: readonly Argument[], program: Word): HttpRequest {
  const draft: Draft = {
    method: null,
    isGet: false,
    head: null,
    url: null,
    headers: [],
    implied: new Map(),
    body: null,
    data: null,
    isJson: false,
    query: [],
  }
  for (const one of given) apply(draft, one)
  const { url, body, head, data, isGet } = draft
  if (!url) throw new CurlFault('There is no URL.', program.at, program.end)
  if (head && data && !isGet) {
    throw new CurlFault('HEAD takes no body: leave out --head, or add --get.', head.at, head.end)
  }
  const { address, credentials } = splitUrl(url)
  if (credentials !== null && !draft.implied.has('Authorization')) {
    draft.implied.set('Authorization', basic(credentials))
  }
  if (body !== null && !isGet && !draft.implied.has('Content-Type')) {
    draft.implied.set('Content-Type', 'application/x-www-form-urlencoded')
  }
  const query = [...draft.query, ...(isGet && body !== null && body !== '' ? [body] : [])]
  return {
    method: draft.method ?? (head ? 'HEAD' : body === null || isGet ? 'GET' : 'POST'),
    url: withQuery(address, query.join('&')),
    headers: headersOf(draft),
    body: isGet ? null : body,
  }
}

function headersOf({ headers, implied }: Draft): readonly Header[] {
  const rest = [...implied].filter(([name]) => !headers.some(([own]) => isHeader(own, name)))
  return [...headers, ...rest].filter((header): header is Header => header[1] !== null)
}

function withQuery(url: string, query: string): string {
  if (query === '') return url
  return `${url}${url.includes('?') ? (/[?&]$/.test(url) ? '' : '&') : '?'}${query}`
}

function apply(draft: Draft, { meaning, value, word, written }: Argument): void {
  switch (meaning) {
    case 'address':
    case 'url':
      if (draft.url) throw new CurlFault('There is a second URL. Paste one request at a time.', word.at, word.end)
      draft.url = { ...word, text: value }
      break
    case 'method':
      if (!TOKEN.test(value)) throw new CurlFault(`${value} is no method.`, word.at, word.end)
      draft.method = value
      break
    case 'header':
      draft.headers.push(...headerFrom(value, word))
      break
    case 'data':
    case 'raw-data':
    case 'json':
      if (meaning !== 'raw-data') refuseFile(value, written, word)
      addData(draft, value, word, meaning === 'json')
      break
    case 'encoded-data':
      addData(draft, encoded(value, written, word), word, false)
      break
    case 'url-query':
      draft.query.push(value.startsWith('+') ? value.slice(1) : encoded(value, written, word))
      break
    case 'get':
      draft.isGet = true
      break
    case 'head':
      draft.head = word
      break
    default:
      applyHeaderOption(draft, meaning, value, word, written)
  }
}

function applyHeaderOption(
  { implied }: Draft,
  meaning: Argument['meaning'],
  value: string,
  word: Word,
  written: string,
): void {
  if (meaning === 'user') {
    if (!value.includes(':')) {
      throw new CurlFault(
        `curl would ask for the password of ${value}. Write ${written} name:password.`,
        word.at,
        word.end,
      )
    }
    implied.set('Authorization', basic(value))
  } else if (meaning === 'bearer') implied.set('Authorization', `Bearer ${checkedValue(value, word)}`)
  else if (meaning === 'agent') implied.set('User-Agent', checkedValue(value, word))
  else if (meaning === 'referer') implied.set('Referer', checkedValue(value.replace(/;auto$/, ''), word))
  else if (meaning === 'range') implied.set('Range', `bytes=${checkedValue(value, word)}`)
  else if (meaning === 'cookie') {
    if (!value.includes('=')) {
      throw new CurlFault(`curl would read cookies from the file ${value}, and this page cannot.`, word.at, word.end)
    }
    const before = implied.get('Cookie')
    implied.set('Cookie', `${before === undefined ? '' : `${before};`}${checkedValue(value, word)}`)
  }
}

function addData(draft: Draft, value: string, word: Word, isJson: boolean): void {
  // curl puts & between pieces of a form, and nothing between those of JSON.
  draft.body = draft.body === null ? value : `${draft.body}${isJson ? '' : '&'}${value}`
  draft.data = word
  if (!isJson) return
  draft.implied.set('Content-Type', 'application/json')
  draft.implied.set('Accept', 'application/json')
}

function refuseFile(value: string, written: string, { at, end }: Word): void {
  if (!value.startsWith('@')) return
  const source = value === '@-' ? 'its standard input' : `the file ${value.slice(1)}`
  throw new CurlFault(
    `${written}: curl would read ${source}, and this page cannot. Paste the text; --data-raw takes one that begins with @.`,
    at,
    end,
  )
}

// `content`, `=content`, `name=content`; with @ before an = it is a file.
function encoded(value: string, written: string, word: Word): string {
  const equals = value.indexOf('=')
  if (equals === -1) {
    const file = value.indexOf('@')
    if (file !== -1) refuseFile(value.slice(file), written, word)
    return encodeFormValue(value)
  }
  const name = value.slice(0, equals)
  return `${name}${name === '' ? '' : '='}${encodeFormValue(value.slice(equals + 1))}`
}

function headerFrom(written: string, word: Word): readonly (readonly [string, string | null])[] {
  const { at, end } = word
  if (written.startsWith('@')) {
    throw new CurlFault(
      `curl would read headers from the file ${written.slice(1)}, and this page cannot. Write them out.`,
      at,
      end,
    )
  }
  const [, name = '', separator = '', rest = ''] = /^([^:;]*)([:;]?)([^]*)$/.exec(written) ?? []
  if (separator === '' || (separator === ';' && rest.trim() !== '')) {
    throw new CurlFault(`A header is written “Name: value”, and ${written} has no colon.`, at, end)
  }
  if (!TOKEN.test(name)) throw new CurlFault(`“${name}” is no name of a header.`, at, end)
  const value = checkedValue(rest, word)
  // `Name;` is a header without a value, `Name:` none at all, not even curl's own.
  return [[name, value === '' && separator === ':' ? null : value]]
}

function checkedValue(value: string, { at, end }: Word): string {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
    throw new CurlFault('The value of a header is one line without control characters.', at, end)
  }
  return value.replace(/^[ \t]+|[ \t]+$/g, '')
}

function basic(credentials: string): string {
  const bytes = new TextEncoder().encode(credentials)
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}
