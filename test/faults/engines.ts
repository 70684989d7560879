import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { workingFolder } from '../e2e/command.ts'
import { makeDatabase, type Database } from './database.ts'

/** Where a node under test keeps its directory. */
export interface Kept extends Pick<Database, 'ask'> {
  /** What tells a command to work on it. */
  readonly args: readonly string[]
  readonly cwd: string
}

/** An empty directory on each engine. */
export const ENGINES: Readonly<Record<'sqlite' | 'postgres', () => Promise<Kept>>> = {
  sqlite: () => {
    const cwd = workingFolder()
    const ask = (text: string) => {
      const file = new DatabaseSync(join(cwd, 'data', 'rollcall.db'))
      try {
        return Promise.resolve(file.prepare(text).all())
      } finally {
        file.close()
      }
    }
    return Promise.resolve({ args: ['--data', 'data'], cwd, ask })
  },
  postgres: async () => {
    const { url, ask } = await makeDatabase()
    return { args: ['--database', url], cwd: workingFolder(), ask }
  },
}
