import type { Dialect, Route } from '../dialects/dialect.ts'
import { templateOf } from '../dialects/openapi.ts'

/**
 * What `/llms.txt` says (llmstxt.org): what Rollcall is, where each dialect's OpenAPI document and reference are, and every
 * operation with a line of its own. The links are absolute, below `origin`.
 */
export function llmsText(dialects: readonly Dialect[], origin: string): string {
  const names = dialects.map(({ title }) => title).join(', ')
  return [
    '# Rollcall\n',
    `> Rollcall is a self-hosted user directory server: who are our users? One directory answers in ${countOf(dialects.length)}, so that a client written for any of them works unchanged: ${names}.\n`,
    NOTES,
    section('OpenAPI documents', dialects.map(documentLine(origin))),
    ...dialects.map((dialect) => section(dialect.title, dialect.routes.map(operationLine(dialect, origin)))),
    section('Optional', [
      line('Reference', `${origin}/reference`, 'every operation, with a form to try it and the code that sends it'),
      line('Console', `${origin}/console`, 'the directory in a browser'),
      line('Index', `${origin}/`, 'where everything is, as JSON'),
      line('Health', `${origin}/healthz`, 'whether the process answers'),
      line('Readiness', `${origin}/readyz`, 'whether requests should be sent here'),
    ]),
  ].join('\n')
}

const NOTES = [
  'All dialects show the same users: what is written through one is read through all others at once.',
  'Every request but for public ones has the header `Authorization: Bearer <token>`. A token has permissions such as',
  '`users:read`, and sees the users of one customer and its subsidiaries, or all. Each dialect says what went wrong in its',
  'own shape, with the right HTTP status; 429 and 503 come with `Retry-After`. New clients should use `/v1`: it has every',
  'field, filters, sorting, cursors, batches and history.\n',
].join('\n')

function countOf(dialects: number): string {
  return dialects === 1 ? 'one dialect' : `${dialects} dialects`
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n\n${lines.join('\n')}\n`
}

function line(name: string, url: string, note: string): string {
  return `- [${name}](${url}): ${note}`
}

function documentLine(origin: string): (dialect: Dialect) => string {
  return ({ name, title, routes }) =>
    line(title, `${origin}/openapi/${name}.json`, `OpenAPI 3.1, operations: ${routes.length}`)
}

function operationLine(dialect: Dialect, origin: string): (route: Route) => string {
  return ({ method, path, operation: { id, summary }, access }) =>
    line(
      `${method} ${templateOf(path)}`,
      `${origin}/reference/${dialect.name}/${id}`,
      `${summary}${/[.?!]$/.test(summary) ? '' : '.'} ${RIGHTS[access] ?? `Needs \`${access}\`.`}`,
    )
}

const RIGHTS: Readonly<Record<string, string>> = { public: 'Needs no token.', any: 'Needs any token.' }
