import { constants, existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CustomerTree } from '../../core/customer.ts'
import type { BatchOutcome, MatchField, View } from '../../core/directory.ts'
import { DirectoryError } from '../../core/error.ts'
import { operator } from '../../core/principal.ts'
import { openStore } from '../../storage/index.ts'
import { openFolder } from '../folder/folder.ts'
import { layFoundation, ROOT_CUSTOMER_ID } from '../folder/foundation.ts'
import { directoryOver, openDirectory } from '../folder/opened-directory.ts'
import { customerIds } from './customer-ids.ts'
import type { ImportTarget, RowOutcome } from './target.ts'

/** Writes into the directory of a data folder, which nobody else may use meanwhile. */
export async function openFolderTarget(path: string, match: MatchField): Promise<ImportTarget> {
  const { view, close } = await openDirectory(path, 'import')
  try {
    await layFoundation(view)
    return targetOver(view, match, await view.customers(), close)
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Writes into a copy of the directory that is thrown away, so that everything goes as it would: also what only shows
 * when rows meet each other and the users there are.
 */
export async function openRehearsalTarget(path: string, match: MatchField): Promise<ImportTarget> {
  const copy = existsSync(path) ? await copyDatabase(path) : undefined
  const store = await openStore(copy === undefined ? 'sqlite::memory:' : `sqlite:${join(copy, DATABASE)}`)
  const view = directoryOver(store, new Uint8Array(32)).as(operator(ROOT_CUSTOMER_ID))
  const close = async () => {
    await store.close()
    if (copy !== undefined) await rm(copy, { recursive: true, force: true })
  }
  try {
    await layFoundation(view)
    return targetOver(view, match, await view.customers(), close)
  } catch (error) {
    await close()
    throw error
  }
}

const DATABASE = 'rollcall.db'

async function copyDatabase(path: string): Promise<string> {
  const folder = openFolder(path, 'import --dry-run')
  try {
    const copy = await mkdtemp(join(tmpdir(), 'rollcall-'))
    // What was committed last may still be in the log beside the database.
    for (const [from, to] of [
      [folder.database, DATABASE],
      [`${folder.database}-wal`, `${DATABASE}-wal`],
    ] as const) {
      if (existsSync(from)) await copyFile(from, join(copy, to), constants.COPYFILE_FICLONE)
    }
    return copy
  } finally {
    folder.close()
  }
}

function targetOver(view: View, match: MatchField, tree: CustomerTree, close: () => Promise<void>): ImportTarget {
  const ids = customerIds(tree.within())
  return {
    customer: ids,
    async write(drafts) {
      const operations = drafts.map((user) => ({ op: 'upsert', match, user }) as const)
      return (await view.batch(operations, false)).map(rowOutcome)
    },
    close,
  }
}

function rowOutcome(outcome: BatchOutcome): RowOutcome {
  if (outcome.outcome !== 'refused') {
    const { outcome: done } = outcome
    return { outcome: done === 'created' || done === 'unchanged' ? done : 'updated' }
  }
  const { error } = outcome
  if (!(error instanceof DirectoryError)) throw error
  // The directory itself failed: the other rows would fare no better.
  if (error.code === 'unavailable' || error.code === 'internal') throw error
  if (error.reason === 'taken' && error.where.name === 'id') return { outcome: 'unchanged' }
  return { outcome: 'refused', reason: error.message }
}
