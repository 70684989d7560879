import { headerOf, type HttpRequest } from '../curl/request.ts'
import { doubleQuoted, indented, valueOf } from './literals.ts'

/** A request by Python's own urllib. */
export function python({ method, url, headers, body }: HttpRequest): string {
  const data = body === null ? null : bodyOf(body, headerOf(headers, 'Content-Type'))
  const lines = [
    doubleQuoted(url),
    ...(method === 'GET' ? [] : [`method=${doubleQuoted(method)}`]),
    ...(headers.length === 0 ? [] : [`headers=${headersOf(headers)}`]),
    ...(data === null ? [] : [`data=${data}`]),
  ]
  return [
    ...(data?.startsWith('json.') === true ? ['import json'] : []),
    'from urllib.error import HTTPError',
    'from urllib.request import Request, urlopen\n',
    'request = Request(',
    ...lines.map((line) => `    ${line},`),
    ')',
    // Otherwise a refusal would be a stack trace without its reason.
    'try:',
    '    response = urlopen(request)',
    'except HTTPError as refusal:',
    '    response = refusal',
    'print(response.status, response.read().decode())\n',
  ].join('\n')
}

function headersOf(headers: HttpRequest['headers']): string {
  const joined = new Map<string, readonly [string, string]>()
  for (const [name, value] of headers) {
    const before = joined.get(name.toLowerCase())
    joined.set(name.toLowerCase(), before ? [before[0], `${before[1]}, ${value}`] : [name, value])
  }
  const lines = [...joined.values()].map(([name, value]) => `${doubleQuoted(name)}: ${doubleQuoted(value)},`)
  return `{\n        ${lines.join('\n        ')}\n    }`
}

function bodyOf(body: string, mediaType: string | undefined): string {
  const value = mediaType === undefined ? undefined : valueOf(body)
  return value === undefined
    ? `${doubleQuoted(body)}.encode()`
    : `json.dumps(${indented(literal(value, ''), 4)}).encode()`
}

function literal(value: unknown, indent: string): string {
  const within = `${indent}    `
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return doubleQuoted(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  const isList = Array.isArray(value)
  const lines = isList
    ? value.map((one) => literal(one, within))
    : Object.entries(value).map(([name, one]) => `${doubleQuoted(name)}: ${literal(one, within)}`)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  if (lines.length === 0) return open + close
  return `${open}\n${lines.map((line) => `${within}${line},\n`).join('')}${indent}${close}`
}
