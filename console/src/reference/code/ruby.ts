import type { HttpRequest } from '../curl/request.ts'
import { doubleQuoted, singleQuoted } from './literals.ts'

/** A request by Ruby's own net/http. */
export function ruby({ method, url, headers, body }: HttpRequest): string {
  const hasAnswer = method !== 'HEAD'
  return [
    "require 'net/http'\n",
    `uri = URI(${singleQuoted(url)})`,
    `request = Net::HTTPGenericRequest.new(${singleQuoted(method)}, ${String(body !== null)}, ${String(hasAnswer)}, uri)`,
    ...headers.map(([name, value]) => `request.add_field(${singleQuoted(name)}, ${singleQuoted(value)})`),
    ...(body === null ? [] : [`request.body = ${quoted(body)}`]),
    "response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') { |http| http.request(request) }",
    'puts response.code, response.body\n',
  ].join('\n')
}

// Ruby takes a carriage return and a newline in its sources for a newline.
function quoted(text: string): string {
  return text.includes('\r') ? doubleQuoted(text).replaceAll('#', '\\#') : singleQuoted(text)
}
