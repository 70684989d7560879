import { randomBytes } from 'node:crypto'
import type { Directory, Idempotency, View } from '../../core/directory.ts'
import { operator } from '../../core/principal.ts'
import type { Store } from '../../core/store.ts'
import { createDirectory } from '../../core/view.ts'
import { openStore, type StoreOptions } from '../../storage/index.ts'
import { ROOT_CUSTOMER_ID } from './foundation.ts'
import { openBuildingProgress } from '../building-progress.ts'
import { openFolder } from './folder.ts'
import { inDatabase, type Place } from './place.ts'
import { openRandomness } from './randomness.ts'

/** A directory opened by a command. */
export interface OpenedDirectory {
  readonly store: Store
  /** The directory as the operator sees it: all of it. */
  readonly view: View
  /** Says to whoever else wants the data folder where its user can be reached. */
  readonly announce: (url: string) => void
  readonly close: () => Promise<void>
}

/**
 * Opens the directory at a place: a data folder for this process alone, whose command is told to others who want it, or
 * a database beside all others who use it. `isLoading` as for a store.
 */
export async function openDirectory(
  place: Place,
  command: string,
  { isLoading = false }: Pick<StoreOptions, 'isLoading'> = {},
): Promise<OpenedDirectory> {
  return place.database === null
    ? openInFolder(place.data, command, isLoading)
    : openInDatabase(place.database, place.replicas, isLoading)
}

async function openInFolder(path: string, command: string, isLoading: boolean): Promise<OpenedDirectory> {
  const folder = openFolder(path, command)
  const building = openBuildingProgress()
  try {
    // Whoever has the folder has the file in it.
    const options = { isLoading, isAlone: true, building: building.update }
    const store = await openStore(`sqlite:${folder.database}`, options)
    const close = async () => {
      await store.close().finally(building.close)
      folder.close()
    }
    return { store, view: operatorView(store), announce: folder.announce, close }
  } catch (error) {
    folder.close()
    throw error
  }
}

async function openInDatabase(
  database: string,
  replicas: readonly string[],
  isLoading: boolean,
): Promise<OpenedDirectory> {
  const building = openBuildingProgress()
  const store = await inDatabase(() => openStore(database, { replicas, isLoading, building: building.update }))
  const close = () => store.close().finally(building.close)
  return { store, view: operatorView(store), announce: () => undefined, close }
}

/** The directory over a store, with this machine's clock and randomness. */
export function directoryOver(store: Store, cursorKey: Uint8Array): Directory {
  return createDirectory({ store, now: Date.now, randomBytes: openRandomness(), cursorKey })
}

/** The directory over a store as the operator sees it. Its cursors are of no use to anybody else. */
export function operatorView(store: Store, idempotency?: Idempotency): View {
  return directoryOver(store, randomBytes(CURSOR_KEY_BYTES)).as(operator(ROOT_CUSTOMER_ID), idempotency)
}

const CURSOR_KEY_BYTES = 32
