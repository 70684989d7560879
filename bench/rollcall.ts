import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start, type Running } from './process.ts'

/** The program, as it is started by everybody. */
export const BIN = join(import.meta.dirname, '../bin/rollcall.js')

/** Where a directory is: `['--data', folder]` or `['--database', url]`. */
export type Place = readonly ['--data' | '--database', string]

/** Enough to keep every answer of a benchmark. */
export const KEEPING_BYTES = 128 * 2 ** 20

/** A node that keeps so many bytes of answers and limits nobody. */
export function serve(place: Place, keptBytes: number): Promise<Running> {
  return start([BIN, 'serve', ...place, '--port', '0'], {
    ROLLCALL_ANSWER_CACHE_BYTES: String(keptBytes),
    ROLLCALL_REQUESTS_PER_MINUTE: '1000000000',
  })
}

/** A token that reads users, or may do more. */
export function issueToken(place: Place, permissions = 'users:read'): string {
  const about = ['--user', 'admin', '--name', 'bench', '--permissions', permissions, '--json']
  const written = execFileSync(process.execPath, [BIN, 'token', 'create', ...place, ...about], { encoding: 'utf8' })
  return (JSON.parse(written) as { readonly secret: string }).secret
}

/** Fills an empty place with made-up users. */
export function fill(place: Place, users: number): void {
  execFileSync(process.execPath, [BIN, 'demo', '--users', String(users), ...place], { stdio: 'inherit' })
}

/** One answer. */
export async function ask({ url }: Running, path: string, token: string): Promise<Buffer> {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return Buffer.from(await answer.arrayBuffer())
}

/** The answers to some paths, one after another. */
export async function askAll(node: Running, paths: readonly string[], token: string): Promise<readonly Buffer[]> {
  const answers: Buffer[] = []
  for (const path of paths) answers.push(await ask(node, path, token))
  return answers
}

/** The ceiling: a server that sends these pages in turn and does nothing else. */
export function startBare(pages: readonly Buffer[]): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bare-'))
  const [file, lengths] = [join(folder, 'pages'), join(folder, 'lengths.json')]
  writeFileSync(file, Buffer.concat(pages))
  writeFileSync(lengths, JSON.stringify(pages.map(({ length }) => length)))
  return start([join(import.meta.dirname, 'bare.ts'), file, lengths])
}
