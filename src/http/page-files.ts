import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { Answer } from '../dialects/dialect.ts'

/** The built console and reference: pages, and the files they load. Only what was read at the start is ever served. */
export interface PageFiles {
  /** The answer at a path, in an encoding the browser takes; undefined where there is no file. */
  readonly find: (path: string, acceptEncoding: string | undefined) => Answer | undefined
}

type Encoding = 'br' | 'gzip'

interface PageFile {
  readonly headers: Readonly<Record<string, string>>
  readonly tag: string
  readonly bytes: Uint8Array
  readonly encoded: ReadonlyMap<Encoding, Uint8Array>
}

/** What a build ends with; without it there is none, or one that was cut short. */
const STAMP = 'built'
const ASSETS = '/console/assets/'
/** Best first, with the ending of the files that are compressed so. */
const ENCODINGS: readonly (readonly [Encoding, string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
]
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/vnd.microsoft.icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/** Reads the folder of a build: `console.html` is `/console`, everything else is where it lies. Null where there is no build. */
export function readPageFiles(folder: string): PageFiles | null {
  if (!existsSync(join(folder, STAMP))) return null
  const names = new Set(namesIn(folder))
  const files = new Map<string, PageFile>()
  for (const name of names) {
    const isBeside = ENCODINGS.some(([, ending]) => name.endsWith(ending) && names.has(name.slice(0, -ending.length)))
    if (name !== STAMP && !isBeside) files.set(pathOf(name), readFile(folder, name, names))
  }
  return {
    find(path, acceptEncoding = '') {
      const file = files.get(path)
      return file && answerOf(file, acceptEncoding)
    },
  }
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
}

function pathOf(name: string): string {
  return `/${name.replace(/^([\w-]+)\.html$/, '$1')}`
}

function readFile(folder: string, name: string, names: ReadonlySet<string>): PageFile {
  const bytes = readFileSync(join(folder, name))
  const isAsset = pathOf(name).startsWith(ASSETS)
  return {
    bytes,
    tag: hash('sha256', bytes, 'base64url'),
    headers: {
      'content-type': MEDIA_TYPES[extname(name)] ?? 'application/octet-stream',
      // The name of an asset changes with what is in it.
      'cache-control': isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'Accept-Encoding',
    },
    encoded: new Map(
      ENCODINGS.flatMap(([encoding, ending]) =>
        names.has(name + ending) ? [[encoding, readFileSync(join(folder, name + ending))] as const] : [],
      ),
    ),
  }
}

function answerOf({ headers, tag, bytes, encoded }: PageFile, acceptEncoding: string): Answer {
  const encoding = [...encoded.keys()].find((one) => isAccepted(one, acceptEncoding))
  const chosen = encoding === undefined ? undefined : encoded.get(encoding)
  if (encoding === undefined || chosen === undefined) {
    return { status: 200, headers: { ...headers, etag: `"${tag}"` }, body: [bytes], isShared: true }
  }
  return {
    status: 200,
    headers: { ...headers, 'content-encoding': encoding, etag: `"${tag}-${encoding}"` },
    body: [chosen],
    isShared: true,
  }
}

// RFC 9110 §12.5.3: a coding is taken when it, or else *, is named with another weight than 0.
function isAccepted(encoding: Encoding, acceptEncoding: string): boolean {
  const weights = acceptEncoding.split(',').map((item): readonly [string, number] => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((one) => one.startsWith('q='))
    return [name, weight === undefined ? 1 : Number(weight.slice(2))]
  })
  const named = weights.find(([name]) => name === encoding) ?? weights.find(([name]) => name === '*')
  return named !== undefined && named[1] > 0
}
