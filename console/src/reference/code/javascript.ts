import type { HttpRequest } from '../curl/request.ts'
import { doubleQuoted, indented, valueOf } from './literals.ts'

const NAME = /^[A-Za-z_$][\w$]*$/

/** A request by `fetch`, for browsers and Node. */
export function javascript({ method, url, headers, body }: HttpRequest): string {
  const options: string[] = []
  if (method !== 'GET') options.push(`method: ${quoted(method)}`)
  if (headers.length > 0) options.push(`headers: ${headersOf(headers)}`)
  if (body !== null) options.push(`body: ${bodyOf(body)}`)
  const second = options.length === 0 ? '' : `, {\n  ${options.join(',\n  ')},\n}`
  return `const response = await fetch(${quoted(url)}${second})\nconsole.log(response.status, await response.text())\n`
}

function quoted(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) && !/['\\]/.test(text) ? `'${text}'` : doubleQuoted(text)
}

function headersOf(headers: HttpRequest['headers']): string {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  // An object cannot have a name twice.
  if (names.size < headers.length) {
    return `[\n    ${headers.map(([name, value]) => `[${quoted(name)}, ${quoted(value)}],`).join('\n    ')}\n  ]`
  }
  const lines = headers.map(([name, value]) => `${NAME.test(name) ? name : quoted(name)}: ${quoted(value)},`)
  return `{\n    ${lines.join('\n    ')}\n  }`
}

function bodyOf(body: string): string {
  const value = valueOf(body)
  return value === undefined ? quoted(body) : `JSON.stringify(${indented(JSON.stringify(value, null, 2), 2)})`
}
