import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

/** What the pages are made of; a change of any of them makes a new build. */
const SOURCES = ['src', 'public', '../sdk/src', 'console.html', 'reference.html', 'vite.config.ts', 'build.ts']
const COMPRESSED = /\.(html|js|css|svg|txt)$/
/** Written last, so that a build that was cut short is none. */
const STAMP = 'built'

const root = import.meta.dirname
const dist = join(root, 'dist')

if (!process.argv.includes('--if-changed') || newest(SOURCES) > builtAt()) {
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  compress()
  writeFileSync(join(dist, STAMP), '')
}

function filesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function newest(paths: readonly string[]): number {
  const files = paths.flatMap((path) => filesIn(resolve(root, path)))
  return Math.max(...files.map((file) => statSync(file).mtimeMs))
}

function builtAt(): number {
  const stamp = join(dist, STAMP)
  return existsSync(stamp) ? statSync(stamp).mtimeMs : 0
}

function compress(): void {
  for (const file of filesIn(dist)) {
    if (!COMPRESSED.test(file)) continue
    const bytes = readFileSync(file)
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  }
}
