import { FIELDS } from '../../core/field.ts'
import { ignored } from '../../dialects/rollcall/import/cell.ts'
import type { Column, Source } from '../../dialects/rollcall/import/column.ts'
import * as detection from '../../dialects/rollcall/import/detection.ts'
import { SOURCES } from '../../dialects/rollcall/import/sources/index.ts'
import { CommandError } from '../command-error.ts'

/** What the columns of a file mean, and how many of them mean something. */
export interface FileMapping extends detection.Mapping {
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
 * What the columns of a file mean, by its source and by what the operator says. Throws a sentence where no source fits or a
 * choice names what is not there.
 */
export function mappingOf(names: readonly string[], choice: MappingChoice = {}): FileMapping {
  const meant = names.filter((name) => !detection.isRefusalColumn(name))
  const chosen = new Map<string, Column>()
  for (const [name, target] of choice.map ?? []) chosen.set(name, chosenColumn(name, target, meant))
  const source = choice.format === undefined ? bestSource(meant) : sourceNamed(choice.format)
  const mapping = detection.mappingFor(names, source, chosen)
  if (!detection.isIdentified(mapping)) {
    throw new CommandError(
      `No column says who a user is: one has to be an identifier, an email or an external id. Found: ${meant.join(', ')}. Name one with --map "<column>=identifier".`,
    )
  }
  const { leaves } = mapping
  const unknown = leaves.filter((name) => !mapping.column(name))
  return { ...mapping, unknown, known: leaves.length - unknown.length, total: leaves.length }
}

function bestSource(names: readonly string[]): Source {
  const source = detection.bestSource(names)
  if (source) return source
  throw new CommandError(
    `None of the columns is known: ${names.slice(0, 20).join(', ')}. Say what they are with --format (${SOURCES.map(({ name }) => name).join(', ')}) or --map "<column>=<field>".`,
  )
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
  const column = detection.targetColumn(target)
  if (column) return column
  throw new CommandError(
    `--map sends ${JSON.stringify(name)} to ${JSON.stringify(target)}, which is no field; a field is one of ${Object.keys(FIELDS).join(', ')}, tags.<name> or attributes.<name>, and "-" leaves a column out.`,
  )
}
