import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { openLock } from '../../storage/index.ts'
import { CommandError, messageOf } from '../command-error.ts'
import { writeWhole } from './whole-file.ts'

const FOLDER_MODE = 0o700
/** The file of a data folder that the directory is kept in. */
export const DATABASE_FILE = 'rollcall.db'

const OWNER_FILE = 'owner.json'
const LOCK_FILE = 'owner.lock'
/** What may be left in a data folder in which nothing is kept. */
export const EMPTY_FOLDER_FILES: readonly string[] = [
  OWNER_FILE,
  LOCK_FILE,
  `${LOCK_FILE}-journal`,
  `${DATABASE_FILE}.part`,
]

/** A data folder that nobody else uses until it is closed. */
export interface Folder {
  readonly path: string
  readonly database: string
  /** Says to whoever else wants the folder where its user can be reached. */
  readonly announce: (url: string) => void
  readonly close: () => void
}

/** Who has a data folder, as far as it said so. */
interface Owner {
  readonly processId: number
  readonly command: string
  readonly url: string | null
}

/**
 * Opens a data folder for one command, creating it with mode 0700 where there is none. Throws a sentence where it
 * cannot be used, and one that names process and address where another process has it.
 */
export function openFolder(path: string, command: string): Folder {
  const folder = resolve(path)
  const owner = join(folder, OWNER_FILE)
  try {
    makeFolder(folder)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new CommandError(`The data folder ${path} cannot be used: ${causeOf(error)}.`, undefined, error)
  }
  const lock = openLock(join(folder, LOCK_FILE))
  if (!lock) throw new CommandError(taken(path, readOwner(owner)))
  const say = (url: string | null) =>
    writeWhole(owner, `${JSON.stringify({ processId: process.pid, command, url } satisfies Owner)}\n`)
  say(null)
  return {
    path: folder,
    database: join(folder, DATABASE_FILE),
    announce: say,
    close() {
      rmSync(owner, { force: true })
      lock.close()
    },
  }
}

// Node's own recursive mkdir never ends where the system takes no folders, as in /proc.
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  if (!existsSync(dirname(path))) makeFolder(dirname(path))
  mkdirSync(path, { mode: FOLDER_MODE })
}

function taken(path: string, owner: Owner | undefined): string {
  if (!owner) return `The data folder ${path} is in use by another process.`
  const { processId, command, url } = owner
  const who = `process ${processId} (rollcall ${command}${url === null ? '' : ` at ${url}`})`
  const rest = url === null ? '' : ` Stop it first, or work through it with --server ${url}.`
  return `The data folder ${path} is in use by ${who}.${rest}`
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

function causeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied'
  if (code === 'EROFS') return 'the file system is read-only'
  if (code === 'ENOENT') return 'no folder can be made there'
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'there is a file of that name'
  if (code === 'ENOSPC') return 'there is no room left on the disk'
  return messageOf(error)
}
