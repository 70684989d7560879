import { headerOf, type HttpRequest } from './request.ts'

const CONTINUED = ' \\\n  '
// A newline may stand in single quotes; text fields of browsers lose other line ends. Half a surrogate pair is no text.
// eslint-disable-next-line no-control-regex
const NEEDS_ESCAPES = /[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029\ud800-\udfff]/gu
const NAMES: Readonly<Record<string, string>> = { '\r': '\\r', '\t': '\\t' }

/**
 * A command line for a POSIX shell that makes curl send exactly this request, one option a line. `parseCurl` reads it back as
 * the same request. A NUL cannot be written in one.
 */
export function printCurl({ method, url, headers, body }: HttpRequest): string {
  const implied = body === null ? 'GET' : 'POST'
  const options: string[] = []
  if (method === 'HEAD' && body === null) options.push('--head')
  else if (method !== implied) options.push(`--request ${quoted(method)}`)
  // Brackets and braces are patterns to curl.
  if (/[[\]{}]/.test(url)) options.push('--globoff')
  options.push(`--url ${quoted(url)}`)
  for (const [name, value] of headers)
    options.push(`--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`)
  if (body !== null) {
    if (headerOf(headers, 'Content-Type') === undefined) options.push(`--header 'Content-Type:'`)
    options.push(`${body.startsWith('@') ? '--data-raw' : '--data'} ${quoted(body)}`)
  }
  return `curl ${options.join(CONTINUED)}`
}

function quoted(text: string): string {
  if (/^[A-Z]+$/.test(text)) return text
  if (text.search(NEEDS_ESCAPES) === -1) return `'${text.replaceAll("'", `'\\''`)}'`
  const escaped = text.replace(/[\\']/g, '\\$&').replace(NEEDS_ESCAPES, escape)
  return `$'${escaped}'`
}

function escape(character: string): string {
  return NAMES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
