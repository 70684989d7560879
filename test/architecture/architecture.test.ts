import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { codeOf, findCycle, ROOT, sourcesIn, type SourceFile } from './source.ts'

const isTest = ({ path }: SourceFile) => path.endsWith('.test.ts')
const sources = sourcesIn('src')
const code = sources.filter((source) => !isTest(source))

/** Which folders of src a folder may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  dialects: ['dialects', 'core'],
  storage: ['storage', 'core'],
  http: ['http', 'core', 'dialects'],
  cli: ['cli', 'core', 'dialects', 'storage', 'http'],
}

const folderOf = (path: string) => path.split('/')[1] ?? ''

function offenders(found: (source: SourceFile) => boolean): readonly string[] {
  return code.filter(found).map(({ path }) => path)
}

describe('the architecture', () => {
  it('lets imports go one way only', () => {
    const wrong = code.flatMap(({ path, files }) =>
      files
        .filter((file) => !(MAY_IMPORT[folderOf(path)] ?? []).includes(folderOf(file)))
        .map((file) => `${path} imports ${file}`),
    )
    assert.deepEqual(wrong, [])
  })

  it('has no import cycles', () => {
    assert.equal(findCycle(sources)?.join(' → '), undefined)
  })

  it('keeps dialects from importing each other', () => {
    const inner = (path: string) => /^src\/dialects\/([^/]+)\//.exec(path)?.[1]
    const wrong = code.flatMap(({ path, files }) =>
      files
        .filter((file) => inner(path) !== undefined && inner(file) !== undefined && inner(file) !== inner(path))
        .map((file) => `${path} imports ${file}`),
    )
    assert.deepEqual(wrong, [])
  })

  it('keeps the web framework to http, database drivers to their engine and the environment to cli', () => {
    assert.deepEqual(
      offenders(({ path, packages }) => packages.includes('fastify') && folderOf(path) !== 'http'),
      [],
    )
    const drivers = { 'node:sqlite': 'src/storage/sqlite/', pg: 'src/storage/postgres/' }
    for (const [driver, folder] of Object.entries(drivers)) {
      assert.deepEqual(
        offenders(({ path, packages }) => packages.includes(driver) && !path.startsWith(folder)),
        [],
      )
    }
    assert.deepEqual(
      offenders((source) => /process\.(env|argv)/.test(codeOf(source)) && folderOf(source.path) !== 'cli'),
      [],
    )
  })

  it('gives the core neither clock nor randomness, files nor network', () => {
    const core = (source: SourceFile) => folderOf(source.path) === 'core'
    assert.deepEqual(
      offenders((source) => core(source) && /Date\.now|new Date\(\)|Math\.random|randomUUID/.test(codeOf(source))),
      [],
    )
    const allowed = ['node:crypto']
    assert.deepEqual(
      offenders((source) => core(source) && source.packages.some((name) => !allowed.includes(name))),
      [],
    )
  })

  it('keeps the client of /v1 to itself, and the console to that client', () => {
    const outside = (folder: string) =>
      sourcesIn(folder).flatMap(({ path, files }) =>
        files.filter((file) => !file.startsWith(`${folder}/`)).map((file) => `${path} imports ${file}`),
      )
    assert.deepEqual([...outside('sdk/src'), ...outside('console/src')], [])
    assert.deepEqual(
      sourcesIn('sdk/src').flatMap(({ packages }) => packages),
      [],
    )
    const ofNode = sourcesIn('console/src').flatMap(({ packages }) =>
      packages.filter((name) => name.startsWith('node:')),
    )
    assert.deepEqual(ofNode, [])
  })

  it('has no import cycles in the browser either', () => {
    for (const folder of ['sdk/src', 'console/src']) {
      assert.equal(findCycle(sourcesIn(folder))?.join(' → '), undefined)
    }
  })

  it('keeps the words that say nothing out of file names', () => {
    const empty =
      /(^|[-/])(util|utils|helper|helpers|manager|service|handler|processor|common|misc|base|impl|data|info)([-./]|$)/
    assert.deepEqual(
      [...sources, ...['test', 'bench', 'sdk/src', 'console/src'].flatMap(sourcesIn)]
        .map(({ path }) => path)
        .filter((path) => empty.test(path)),
      [],
    )
  })
})

describe('ARCHITECTURE.md', () => {
  const map = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')

  it('names only paths that exist', () => {
    const named = [...map.matchAll(/`((?:src|sdk|console|test|bench|docs|bin|\.ci)\/[^`\s*<>]*)`/g)].map(
      ([, path]) => path ?? '',
    )
    assert.ok(named.length > 10)
    assert.deepEqual(
      named.filter((path) => !existsSync(join(ROOT, path))),
      [],
    )
  })

  it('names every folder of the sources', () => {
    const folders = ['src', 'sdk/src', 'console/src'].flatMap((top) =>
      readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)),
    )
    assert.deepEqual(
      folders.filter((folder) => !map.includes(`\`${folder}/\``)),
      [],
    )
  })
})
