import type { HttpRequest } from '../curl/request.ts'
import { doubleQuoted } from './literals.ts'

const FAILED = '\tif err != nil {\n\t\tlog.Fatal(err)\n\t}'

/** A request by Go's own net/http. */
export function go({ method, url, headers, body }: HttpRequest): string {
  const packages = ['fmt', 'io', 'log', 'net/http', ...(body === null ? [] : ['strings'])]
  const reader = body === null ? 'nil' : `strings.NewReader(${quoted(body)})`
  return [
    'package main\n',
    `import (\n${packages.map((name) => `\t"${name}"\n`).join('')})\n`,
    'func main() {',
    `\trequest, err := http.NewRequest(${quoted(method)}, ${quoted(url)}, ${reader})`,
    FAILED,
    ...headers.map(([name, value]) => `\trequest.Header.Add(${quoted(name)}, ${quoted(value)})`),
    '\n\tresponse, err := http.DefaultClient.Do(request)',
    FAILED,
    '\tdefer response.Body.Close()',
    '\tanswer, err := io.ReadAll(response.Body)',
    FAILED,
    '\tfmt.Println(response.Status, string(answer))',
    '}\n',
  ].join('\n')
}

// A text between backticks is as it stands, but without carriage returns.
function quoted(text: string): string {
  return /["\\\n]/.test(text) && !/[`\r\0\ufeff]/.test(text) ? `\`${text}\`` : doubleQuoted(text)
}
