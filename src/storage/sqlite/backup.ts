import { closeSync, existsSync, linkSync, openSync, renameSync, rmSync } from 'node:fs'
import { backup, DatabaseSync } from 'node:sqlite'
import { DirectoryError } from '../../core/error.ts'
import { counter } from './counters.ts'
import { databaseOver } from './database.ts'
import { storeError } from './errors.ts'
import { pendingIn } from './migrations.ts'

/** What a copy of a directory has. */
export interface CopiedDirectory {
  readonly revision: number
  /** Deleted ones too. */
  readonly users: number
}

export interface CopyOptions {
  /** How the copy is looked at: page by page, or also whether indexes have what they are made of. */
  readonly check: 'quick_check' | 'integrity_check'
  /** Told how many of all pages are copied. */
  readonly progress: (pages: number, of: number) => void
}

/** Pages copied before the next word of progress. */
const PAGES_AT_ONCE = 2000
const FILE_MODE = 0o600

/**
 * Copies the directory in a file, as it is at one revision, to a file that does not exist yet, beside whoever reads and
 * writes it. The copy is checked before it gets its name; until then it is the file's with `.part` behind, and nothing is
 * left of it where this fails. Throws `unavailable` where the file is no whole directory of a schema that is known,
 * `conflict` where there is a file of that name.
 */
export async function copyFile(from: string, to: string, { check, progress }: CopyOptions): Promise<CopiedDirectory> {
  const part = `${to}.part`
  if (existsSync(to)) throw taken()
  try {
    // What is left of a copy that was broken off is no file of anybody's.
    rmSync(part, { force: true })
    closeSync(openSync(part, 'ax', FILE_MODE))
    await copyPages(from, part, progress)
    const copied = checked(part, check)
    name(part, to)
    return copied
  } catch (error) {
    rmSync(part, { force: true })
    rmSync(`${part}-journal`, { force: true })
    throw storeError(error)
  }
}

async function copyPages(from: string, to: string, progress: CopyOptions['progress']): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5000 })
  try {
    // A snapshot: however much is written meanwhile, no page has to be copied twice.
    source.exec('BEGIN')
    pendingIn(source)
    await backup(source, to, {
      rate: PAGES_AT_ONCE,
      progress: ({ totalPages, remainingPages }) => progress(totalPages - remainingPages, totalPages),
    })
  } finally {
    source.close()
  }
}

// What is whole and known, as one file without a log beside it.
function checked(file: string, check: CopyOptions['check']): CopiedDirectory {
  const connection = new DatabaseSync(file)
  const database = databaseOver(connection)
  try {
    connection.exec('PRAGMA journal_mode = DELETE')
    if (pendingIn(connection).includes(1)) throw damaged('It holds no directory.')
    const [fault] = Object.values(connection.prepare(`PRAGMA ${check}(1)`).get() ?? {})
    if (fault !== 'ok') throw damaged('It is damaged.')
    const users = Number(connection.prepare('SELECT count(*) AS users FROM documents').get()?.['users'])
    if (users !== counter(database, 'live') + counter(database, 'deleted')) throw damaged('Users are missing in it.')
    return { revision: counter(database, 'revision'), users }
  } finally {
    database.close()
  }
}

// A link is made only where there is nothing of that name; where the file system has none, that was looked at before.
function name(part: string, to: string): void {
  try {
    linkSync(part, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw taken()
    renameSync(part, to)
    return
  }
  rmSync(part)
}

function taken(): DirectoryError {
  return new DirectoryError('conflict', 'There is a file of that name.', { reason: 'taken' })
}

function damaged(message: string): DirectoryError {
  return new DirectoryError('unavailable', message)
}
