import { constants, existsSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CustomerTree } from '../../core/customer.ts'
import type { MatchField, View } from '../../core/directory.ts'
import type { Commit, Store } from '../../core/store.ts'
import type { UserDraft } from '../../core/user.ts'
import { customerIds } from '../../dialects/rollcall/import/customer-ids.ts'
import { openForesight } from '../../dialects/rollcall/import/foresight.ts'
import { rowOutcome, type RowOutcome } from '../../dialects/rollcall/import/outcome.ts'
import { openStore } from '../../storage/index.ts'
import { DATABASE_FILE, openFolder } from '../folder/folder.ts'
import { layFoundation } from '../folder/foundation.ts'
import { openDirectory, operatorView } from '../folder/opened-directory.ts'
import type { Place } from '../folder/place.ts'
import type { ImportTarget } from './target.ts'

/** One that is written, one that is made ready for it in its thread, and one that is read and checked. */
const BATCHES_AHEAD = 3

/** Writes into a directory itself; a data folder nobody else may use meanwhile. */
export async function openDirectoryTarget(place: Place, match: MatchField): Promise<ImportTarget> {
  const { store, view, close } = await openDirectory(place, 'import', { isLoading: true })
  try {
    await layFoundation(view)
    return {
      ...targetOver(view, match, await view.customers(), close),
      ahead: BATCHES_AHEAD,
      write: inOrder(store, match),
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Tells what writing into a directory would do, and does nothing. */
export function openRehearsalTarget(place: Place, match: MatchField): Promise<ImportTarget> {
  if (place.database !== null) return openForetelling(place, match)
  return openCopy(existsSync(place.data) ? place.data : null, match)
}

// A copy of the folder's database that is thrown away: everything goes as it would, also what only shows when rows meet
// each other and the users there are.
async function openCopy(path: string | null, match: MatchField): Promise<ImportTarget> {
  const copy = path === null ? undefined : await copyDatabase(path)
  const store = await openStore(copy === undefined ? 'sqlite::memory:' : `sqlite:${join(copy, DATABASE_FILE)}`)
  const view = operatorView(store)
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

// Each batch is rehearsed, and what batches would find of each other is foretold.
async function openForetelling(place: Place, match: MatchField): Promise<ImportTarget> {
  const { view, close } = await openDirectory(place, 'import --dry-run')
  try {
    const tree = await view.customers()
    if (tree.within().length === 0) {
      await close()
      return await openCopy(null, match)
    }
    const target = targetOver(view, match, tree, close, true)
    const foresight = openForesight(match)
    const write = async (drafts: readonly UserDraft[]): Promise<readonly RowOutcome[]> =>
      (await target.write(drafts)).map((outcome, index) => foresight(drafts[index] ?? {}, outcome))
    return { ...target, write }
  } catch (error) {
    await close()
    throw error
  }
}

async function copyDatabase(path: string): Promise<string> {
  const folder = openFolder(path, 'import --dry-run')
  try {
    const copy = await mkdtemp(join(tmpdir(), 'rollcall-'))
    // What was committed last may still be in the log beside the database.
    for (const [from, to] of [
      [folder.database, DATABASE_FILE],
      [`${folder.database}-wal`, `${DATABASE_FILE}-wal`],
    ] as const) {
      if (existsSync(from)) await copyFile(from, join(copy, to), constants.COPYFILE_FICLONE)
    }
    return copy
  } finally {
    folder.close()
  }
}

function targetOver(
  view: View,
  match: MatchField,
  tree: CustomerTree,
  close: () => Promise<void>,
  isRehearsal = false,
): ImportTarget {
  const ids = customerIds(tree.within())
  return { customer: ids, ahead: 1, write: (drafts) => writeTo(view, match, drafts, isRehearsal), close }
}

async function writeTo(
  view: View,
  match: MatchField,
  drafts: readonly UserDraft[],
  isRehearsal: boolean,
): Promise<readonly RowOutcome[]> {
  const operations = drafts.map((user) => ({ op: 'upsert', match, user }) as const)
  return (await view.batch(operations, false, isRehearsal)).map(rowOutcome)
}

// Each batch is made ready while the one before is written, and is written when that is over.
function inOrder(store: Store, match: MatchField): ImportTarget['write'] {
  let before: Promise<unknown> = Promise.resolve()
  return (drafts) => {
    const after = before
    const own = { ...store, commit: (commit: Commit) => store.commit({ ...commit, after }) }
    const written = writeTo(operatorView(own), match, drafts, false)
    before = written
    return written
  }
}
