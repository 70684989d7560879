import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { basename, dirname, join } from 'node:path'
import ts from 'typescript'
import { sourcesIn, type SourceFile } from './source.ts'

const sources = ['src', 'sdk/src', 'console/src', 'test', 'bench'].flatMap(sourcesIn)

/** Called from outside: `main` by bin/rollcall.js, what begins and ends a run by node:test; a thread is started by its file. */
const ENTRIES = new Set([
  'console/src/console.tsx',
  'console/src/reference.tsx',
  'src/cli/main.ts main',
  'src/storage/postgres/loading-thread.ts',
  'src/storage/sqlite/loading-thread.ts',
  'src/storage/sqlite/reading-thread.ts',
  'test/postgres/global-setup.ts globalSetup',
  'test/postgres/global-setup.ts globalTeardown',
])

/** What a file gives to others and can be left out of a build: functions and constants, not types. */
function valuesGiven({ path, text }: SourceFile): readonly string[] {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
    }
    return (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name
      ? [statement.name.text]
      : []
  })
}

/** What a file takes from others, as `path name`; `path *` for all of it. */
function valuesTaken({ path, text }: SourceFile): readonly string[] {
  // What is loaded later is asked for by a string, and named by another.
  const later = [...text.matchAll(/\bimport\('(\.[^']+)'\)/g)].map(([, file = '']) => `${join(dirname(path), file)} *`)
  const now = ts.createSourceFile(path, text, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return []
    const specifier = statement.moduleSpecifier
    if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return []
    const from = join(dirname(path), specifier.text)
    const named = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause
    if (!named) return []
    if (ts.isNamedImports(named) || ts.isNamedExports(named)) {
      return named.elements.map(({ name, propertyName }) => `${from} ${(propertyName ?? name).text}`)
    }
    return [`${from} *`]
  })
  return [...now, ...later]
}

describe('the code', () => {
  it('exports nothing that nobody imports', () => {
    const taken = new Set([...ENTRIES, ...sources.flatMap(valuesTaken)])
    const unused = sources
      .filter(({ path }) => !basename(path).endsWith('.test.ts'))
      .flatMap((source) => valuesGiven(source).map((name) => ({ path: source.path, name })))
      .filter(({ path, name }) => !taken.has(`${path} ${name}`) && !taken.has(`${path} *`))
      .map(({ path, name }) => `${path} ${name}`)
    assert.deepEqual(unused, [])
  })

  it('has no file that nobody imports', () => {
    const imported = new Set(sources.flatMap(({ files }) => files))
    const entries = [...ENTRIES].map((entry) => entry.split(' ')[0])
    const alone = sources
      .map(({ path }) => path)
      .filter((path) => /^(src|console\/src)\//.test(path) && !path.endsWith('.test.ts'))
      .filter((path) => !imported.has(path) && !entries.includes(path))
    assert.deepEqual(alone, [])
  })
})
