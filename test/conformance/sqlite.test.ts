import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../src/core/store.ts'
import { openStore } from '../../src/storage/index.ts'
import { storeConformance } from './store.ts'

storeConformance('SQLite in memory', () => openStore('sqlite::memory:'))

storeConformance('SQLite in a file that is closed and opened again after every write', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
  const url = `sqlite:${join(folder, 'users.db')}`
  return reopening(
    await openStore(url),
    () => openStore(url),
    () => rm(folder, { recursive: true }),
  )
})

/** A store that comes fresh from its file for every question that follows a write. */
function reopening(first: Store, open: () => Promise<Store>, remove: () => Promise<void>): Store {
  let store = first
  // Writes that are asked for at once stay at once; the file is opened again when the last of them is done.
  let writing = 0
  let isClosed = false
  const write = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    writing++
    try {
      return await work(store)
    } finally {
      if (--writing === 0 && !isClosed) {
        await store.close()
        store = await open()
      }
    }
  }
  return {
    engine: first.engine,
    revision: () => store.revision(),
    customers: () => store.customers(),
    users: (query) => store.users(query),
    documents: (query, metadata) => store.documents(query, metadata),
    user: (key) => store.user(key),
    passwordHash: (userId) => store.passwordHash(userId),
    usersById: (ids) => store.usersById(ids),
    history: (id, stretch) => store.history(id, stretch),
    userCounts: () => store.userCounts(),
    commit: (commit) => write((store) => store.commit(commit)),
    receipt: (scope, key) => store.receipt(scope, key),
    forgetReceipts: (before) => write((store) => store.forgetReceipts(before)),
    token: (key) => store.token(key),
    tokens: (which) => store.tokens(which),
    tokenStretch: (stretch, which) => store.tokenStretch(stretch, which),
    usage: (userId, day) => store.usage(userId, day),
    addUsage: (deltas) => write((store) => store.addUsage(deltas)),
    tokenUsage: (from, to) => store.tokenUsage(from, to),
    forgetTokenUsage: (before) => write((store) => store.forgetTokenUsage(before)),
    savedViews: (userId) => store.savedViews(userId),
    savedView: (id) => store.savedView(id),
    secret: (name, fresh) => write((store) => store.secret(name, fresh)),
    check: () => store.check(),
    async close() {
      isClosed = true
      await store.close()
      await remove()
    },
  }
}
