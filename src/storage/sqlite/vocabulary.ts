import { editsAllowed, neighbourKeys } from '../../core/search.ts'
import type { Database } from './database.ts'

/** Words remembered as being in the vocabulary, so that they need no look-up. */
const KNOWN_MAX = 200_000

/** Every word users are found by. Words stay: what is near a word that nobody has any more finds nobody. */
export interface Vocabulary {
  /** Notes words to be written by the commit under way. */
  note(words: Iterable<string>): void
  write(): void
  /** Says how the commit ended: what it wrote is known only once it is durable. */
  settle(isDurable: boolean): void
}

export function vocabularyOf(database: Database): Vocabulary {
  const known = new Set<string>()
  const noted = new Set<string>()
  return {
    note(words) {
      for (const word of words) if (!known.has(word)) noted.add(word)
    },
    write() {
      // In order, so that neighbours in the index are written together.
      for (const word of [...noted].sort()) addWord(database, word)
    },
    settle(isDurable) {
      if (isDurable && known.size + noted.size > KNOWN_MAX) known.clear()
      if (isDurable) for (const word of noted) known.add(word)
      noted.clear()
    },
  }
}

// Without RETURNING: that makes the full-text tables write out what they gather, word by word.
function addWord(database: Database, word: string): void {
  const added = database.execute('INSERT INTO words (word) VALUES (?) ON CONFLICT DO NOTHING', word)
  if (added.changes === 0 || editsAllowed(word, word) === 0) return
  const keys = neighbourKeys(word).join(' ')
  database.execute('INSERT INTO word_neighbours (rowid, keys) VALUES (?, ?)', added.lastInsertRowid, keys)
}
