import { randomBytes } from 'node:crypto'
import type { Directory, View } from '../../core/directory.ts'
import { operator } from '../../core/principal.ts'
import type { Store } from '../../core/store.ts'
import { createDirectory } from '../../core/view.ts'
import { openStore } from '../../storage/index.ts'
import { ROOT_CUSTOMER_ID } from './foundation.ts'
import { openFolder, type Folder } from './folder.ts'
import { openKeys, type Keys } from './keys.ts'

/** The directory in a data folder, opened for the process that has it. */
export interface OpenedDirectory {
  readonly folder: Folder
  readonly keys: Keys
  readonly store: Store
  readonly directory: Directory
  /** The directory as the operator sees it: all of it. */
  readonly view: View
  readonly close: () => Promise<void>
}

/** Opens the directory in a data folder; the command's name is told to others who want it. */
export async function openDirectory(path: string, command: string): Promise<OpenedDirectory> {
  const folder = openFolder(path, command)
  try {
    const keys = await openKeys(folder.keys)
    const store = await openStore(`sqlite:${folder.database}`)
    const directory = directoryOver(store, keys.cursorKey)
    const view = directory.as(operator(ROOT_CUSTOMER_ID))
    const close = async () => {
      await store.close()
      folder.close()
    }
    return { folder, keys, store, directory, view, close }
  } catch (error) {
    folder.close()
    throw error
  }
}

/** The directory over a store, with this machine's clock and randomness. */
export function directoryOver(store: Store, cursorKey: Uint8Array): Directory {
  return createDirectory({ store, now: Date.now, randomBytes, cursorKey })
}
