import { DirectoryError } from '../../core/error.ts'
import { CommandError } from '../command-error.ts'
import type { EffectiveSettings } from '../settings/resolution.ts'

/** Where a directory is kept: in a data folder, or in a database that several processes may use at once. */
export interface Place {
  readonly data: string
  /** The URL of a PostgreSQL database; null for the data folder. */
  readonly database: string | null
  /** URLs of read replicas of that database. */
  readonly replicas: readonly string[]
}

/** The place that settings name. Throws a sentence for replicas of no database. */
export function placeOf({ data, database, replicas }: EffectiveSettings): Place {
  if (database.value === null && replicas.value.length > 0) {
    throw new CommandError('--replica needs the database it is a replica of; name it with --database.')
  }
  return { data: data.value, database: database.value, replicas: replicas.value }
}

/** A data folder as a place. */
export function folderPlace(data: string): Place {
  return { data, database: null, replicas: [] }
}

/** Opens a database. What is wrong with its address, rights or version is for whoever chose it to mend. */
export async function inDatabase<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    throw error instanceof DirectoryError ? new CommandError(error.message, undefined, error) : error
  }
}
