import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'

/** The root of the checkout. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** One source file: where it is, what it says, and what it imports. */
export interface SourceFile {
  /** From the root, with slashes: `src/core/user.ts`. */
  readonly path: string
  readonly text: string
  /** Files it imports, from the root. */
  readonly files: readonly string[]
  /** Packages and built-in modules it imports. */
  readonly packages: readonly string[]
}

/** All TypeScript below a folder, tests included; what is built or installed there is not looked at. */
export function sourcesIn(folder: string): readonly SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => sourceAt(relative(ROOT, join(entry.parentPath, entry.name))))
    .sort((a, b) => a.path.localeCompare(b.path))
}

function sourceAt(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const specifiers = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)
  const local = specifiers.filter((specifier) => specifier.startsWith('.'))
  return {
    path,
    text,
    files: local.map((specifier) => relative(ROOT, resolve(ROOT, dirname(path), specifier))),
    packages: specifiers.filter((specifier) => !specifier.startsWith('.')),
  }
}

/** The text of a file without its comments and the contents of its string literals, for looking at what it does. */
export function codeOf({ text }: SourceFile): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text)
  let code = ''
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    code += token === ts.SyntaxKind.StringLiteral ? "''" : scanner.getTokenText()
  }
  return code
}

/** The first cycle among files that import each other, as the list of its files; undefined when there is none. */
export function findCycle(sources: readonly SourceFile[]): readonly string[] | undefined {
  const imports = new Map(sources.map(({ path, files }) => [path, files]))
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return undefined
    for (const next of imports.get(path) ?? []) {
      const cycle = visit(next, [...trail, path])
      if (cycle) return cycle
    }
    done.add(path)
    return undefined
  }
  for (const { path } of sources) {
    const cycle = visit(path, [])
    if (cycle) return cycle
  }
  return undefined
}
