import { headerOf, type HttpRequest } from '../curl/request.ts'
import { singleQuoted } from './literals.ts'

/** A request by PHP's curl extension. */
export function php({ method, url, headers, body }: HttpRequest): string {
  const lines = headers.map(([name, value]) => (value === '' ? `${name};` : `${name}: ${value}`))
  // Without it curl would say that the body is a form.
  if (body !== null && headerOf(headers, 'Content-Type') === undefined) lines.push('Content-Type:')
  const options = [
    `CURLOPT_CUSTOMREQUEST => ${singleQuoted(method)}`,
    ...(method === 'HEAD' ? ['CURLOPT_NOBODY => true'] : []),
    ...(lines.length === 0
      ? []
      : [`CURLOPT_HTTPHEADER => [\n${lines.map((line) => `        ${singleQuoted(line)},\n`).join('')}    ]`]),
    ...(body === null ? [] : [`CURLOPT_POSTFIELDS => ${singleQuoted(body)}`]),
    'CURLOPT_RETURNTRANSFER => true',
  ]
  return [
    '<?php\n',
    `$request = curl_init(${singleQuoted(url)});`,
    'curl_setopt_array($request, [',
    ...options.map((option) => `    ${option},`),
    ']);',
    '$answer = curl_exec($request);',
    'if ($answer === false) {',
    '    throw new RuntimeException(curl_error($request));',
    '}',
    "echo curl_getinfo($request, CURLINFO_RESPONSE_CODE), ' ', $answer, PHP_EOL;\n",
  ].join('\n')
}
