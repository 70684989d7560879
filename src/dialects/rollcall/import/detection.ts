import { ignored, text, word } from './cell.ts'
import { looseName, type Column, type ColumnTarget, type Source } from './column.ts'
import { core } from './sources/core.ts'
import { SOURCES } from './sources/index.ts'

/** Columns an import itself adds to the rows it refuses; they mean nothing when such a file is fed again. */
export const REFUSAL_COLUMNS = ['rollcall_line', 'rollcall_reason'] as const

/** What the columns of a file mean. */
export interface Mapping {
  readonly source: Source
  /** What a column, or a member of an object as `profile.login`, means; undefined where it means nothing here. */
  readonly column: (name: string) => Column | undefined
  /** The columns that count: of an object and its members either the object or these. */
  readonly leaves: readonly string[]
}

/**
 * What the columns of a file mean by its source, but for those that are `chosen`. Members of objects stand among the names as
 * `profile.login`, beside `profile`.
 */
export function mappingFor(
  names: readonly string[],
  source: Source,
  chosen: ReadonlyMap<string, Column> = new Map(),
): Mapping {
  const columns = new Map<string, Column | undefined>(chosen)
  const column = (name: string) => {
    if (!columns.has(name)) columns.set(name, sourceColumn(source, name))
    return columns.get(name)
  }
  const meant = names.filter((name) => !isRefusalColumn(name))
  const known = { names: new Set(meant), sorted: [...meant].sort() }
  return { source, column, leaves: meant.filter((name) => isLeaf(name, known, column)) }
}

/** Whether a column is one that an import itself has added. */
export function isRefusalColumn(name: string): boolean {
  return (REFUSAL_COLUMNS as readonly string[]).includes(name)
}

/** Names as a set, and in order. */
interface KnownNames {
  readonly names: ReadonlySet<string>
  readonly sorted: readonly string[]
}

// Of an object and its members, the object counts where it means something as a whole, else its members.
function isLeaf(name: string, { names, sorted }: KnownNames, column: Mapping['column']): boolean {
  const parent = name.slice(0, Math.max(name.indexOf('.'), 0))
  if (parent !== '' && names.has(parent)) return column(parent) === undefined
  return column(name) !== undefined || !hasBeginning(sorted, `${name}.`)
}

// In order, what begins with something stands right where that would stand. There may be a thousand long names, and to
// compare each with all others would keep everybody waiting.
function hasBeginning(sorted: readonly string[], beginning: string): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] ?? '') < beginning) from = middle + 1
    else to = middle
  }
  return sorted[from]?.startsWith(beginning) === true
}

const IDENTIFYING: readonly ColumnTarget[] = ['identifier', 'email', 'externalId']

/** Whether some column says who a user is. */
export function isIdentified({ leaves, column }: Mapping): boolean {
  return leaves.some((name) => IDENTIFYING.includes(column(name)?.target ?? 'ignored'))
}

/** What a source means by the name of a column, exactly or loosely. */
export function sourceColumn(source: Source, name: string): Column | undefined {
  if (Object.hasOwn(source.columns, name)) return source.columns[name]
  return looseColumns(source).get(looseName(name)) ?? entryColumn(name)
}

const loose = new WeakMap<Source, ReadonlyMap<string, Column>>()

// Made once for each source: the rows of one request may have a million different names. Of names that are alike the first
// one counts.
function looseColumns(source: Source): ReadonlyMap<string, Column> {
  const made =
    loose.get(source) ??
    new Map(
      Object.entries(source.columns)
        .map(([name, one]) => [looseName(name), one] as const)
        .reverse(),
    )
  loose.set(source, made)
  return made
}

// The entries of Rollcall's map fields can stand in any file.
function entryColumn(name: string): Column | undefined {
  return /^(tags|attributes)\.[^\s]/.test(name) ? text(name as ColumnTarget) : undefined
}

/** The source that most of the columns are known to; undefined where none knows any. */
export function bestSource(names: readonly string[]): Source | undefined {
  const meant = names.filter((name) => !isRefusalColumn(name))
  const scored = SOURCES.map((source) => ({ source, score: score(source, meant) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? best.source : undefined
}

// A name that is spelt exactly as in the source says more than one that only looks alike.
function score(source: Source, names: readonly string[]): number {
  return names.reduce((sum, name) => {
    if (Object.hasOwn(source.columns, name)) return sum + 1
    return sourceColumn(source, name) ? sum + 0.75 : sum
  }, 0)
}

/** The targets a column can be given besides entries of tags and attributes, in the order of a user's fields. */
export const TARGETS: readonly ColumnTarget[] = [
  ...new Set(Object.values(core.columns).map(({ target }) => target)),
  'idOrExternalId' as const,
].filter((target) => target !== 'ignored')

/** A column that is given a field, `tags.<name>` or `attributes.<name>`; undefined where there is no such target. */
export function targetColumn(target: string): Column | undefined {
  if (target === 'idOrExternalId') return word(target)
  if (Object.hasOwn(core.columns, target)) return core.columns[target] ?? ignored
  return /^(tags|attributes)\../.test(target) ? text(target as ColumnTarget) : undefined
}
