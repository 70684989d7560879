import { FIELDS } from '../../core/field.ts'
import { CommandError } from '../command-error.ts'
import { looseName, type Column, type ColumnTarget, type Source } from './column.ts'
import { ignored, text } from './cell.ts'
import { SOURCES } from './sources/index.ts'
import { core } from './sources/core.ts'

/** Columns an import itself adds to the rows it refuses; they mean nothing when such a file is fed again. */
export const REFUSAL_COLUMNS = ['rollcall_line', 'rollcall_reason'] as const

/** What the columns of a file mean. */
export interface Mapping {
  readonly source: Source
  /** What a column, or a member of an object as `profile.login`, means; undefined where it means nothing here. */
  readonly column: (name: string) => Column | undefined
  /** Columns that mean nothing here. */
  readonly unknown: readonly string[]
  /** Columns of the file that the source knows, and all of its columns. */
  readonly known: number
  readonly total: number
}

/** What the operator says of the columns. */
export interface MappingChoice {
  /** The name of a source; the one with the most columns in common when not said. */
  readonly format?: string | undefined
  /** Column names of the file, and where they go. */
  readonly map?: ReadonlyMap<string, string> | undefined
}

/**
 * What the columns of a file mean, by its source. Members of objects stand among the names as `profile.login`, beside
 * `profile`. Throws where no source fits or a choice names what is not there.
 */
export function mappingOf(names: readonly string[], choice: MappingChoice = {}): Mapping {
  const meant = names.filter((name) => !(REFUSAL_COLUMNS as readonly string[]).includes(name))
  const columns = new Map<string, Column | undefined>()
  for (const [name, target] of choice.map ?? []) columns.set(name, chosenColumn(name, target, meant))
  const source = choice.format === undefined ? bestSource(meant) : sourceNamed(choice.format)
  const column = (name: string) => {
    if (!columns.has(name)) columns.set(name, columnOf(source, name))
    return columns.get(name)
  }
  const leaves = meant.filter((name) => isLeaf(name, meant, column))
  const unknown = leaves.filter((name) => !column(name))
  if (!leaves.some((name) => IDENTIFYING.includes(column(name)?.target ?? 'ignored'))) {
    throw new CommandError(
      `No column says who a user is: one has to be an identifier, an email or an external id. Found: ${meant.join(', ')}. Name one with --map "<column>=identifier".`,
    )
  }
  return { source, column, unknown, known: leaves.length - unknown.length, total: leaves.length }
}

// Of an object and its members, the object counts where it means something as a whole, else its members.
function isLeaf(name: string, names: readonly string[], column: Mapping['column']): boolean {
  const parent = name.slice(0, Math.max(name.indexOf('.'), 0))
  if (parent !== '' && names.includes(parent)) return column(parent) === undefined
  return column(name) !== undefined || !names.some((other) => other.startsWith(`${name}.`))
}

const IDENTIFYING: readonly ColumnTarget[] = ['identifier', 'email', 'externalId']

/** The name of a column in a source, exactly or loosely. */
function columnOf(source: Source, name: string): Column | undefined {
  if (Object.hasOwn(source.columns, name)) return source.columns[name]
  const loose = looseName(name)
  const known = Object.keys(source.columns).find((own) => looseName(own) === loose)
  if (known !== undefined) return source.columns[known]
  // The entries of Rollcall's map fields can stand in any file.
  return /^(tags|attributes)\.[^\s]/.test(name) ? text(name as ColumnTarget) : undefined
}

function bestSource(names: readonly string[]): Source {
  const scored = SOURCES.map((source) => ({ source, score: score(source, names) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  if (best.score > 0) return best.source
  throw new CommandError(
    `None of the columns is known: ${names.slice(0, 20).join(', ')}. Say what they are with --format (${SOURCES.map(({ name }) => name).join(', ')}) or --map "<column>=<field>".`,
  )
}

// A name that is spelt exactly as in the source says more than one that only looks alike.
function score(source: Source, names: readonly string[]): number {
  return names.reduce((sum, name) => {
    if (Object.hasOwn(source.columns, name)) return sum + 1
    return columnOf(source, name) ? sum + 0.75 : sum
  }, 0)
}

function sourceNamed(format: string): Source {
  const source = SOURCES.find(({ name }) => name === format.toLowerCase())
  if (source) return source
  throw new CommandError(`--format must be one of ${SOURCES.map(({ name }) => name).join(', ')}.`)
}

function chosenColumn(name: string, target: string, names: readonly string[]): Column {
  if (!names.includes(name)) {
    throw new CommandError(
      `--map names the column ${JSON.stringify(name)}, which the file does not have: ${names.join(', ')}.`,
    )
  }
  if (target === '' || target === '-') return ignored
  if (Object.hasOwn(core.columns, target)) return core.columns[target] ?? ignored
  if (/^(tags|attributes)\../.test(target)) return text(target as ColumnTarget)
  throw new CommandError(
    `--map sends ${JSON.stringify(name)} to ${JSON.stringify(target)}, which is no field; a field is one of ${Object.keys(FIELDS).join(', ')}, tags.<name> or attributes.<name>, and "-" leaves a column out.`,
  )
}
