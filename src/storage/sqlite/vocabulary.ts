import { editsAllowed, neighbourKeys, searchWords } from '../../core/search.ts'
import type { User } from '../../core/user.ts'
import type { Database } from './database.ts'

/** Words remembered as being in the vocabulary, so that they need no look-up. */
const KNOWN_MAX = 200_000

/** The words of a user as the full-text table of words takes them. */
export function wordText(user: User): string {
  return searchWords(user).join(' ')
}

/** Every word users are found by. Words stay: what is near a word nobody has any more is nobody. */
export interface Vocabulary {
  /** Adds words in a transaction; `settle` says how it ended. */
  add(words: Iterable<string>): void
  settle(committed: boolean): void
}

export function vocabularyOf(database: Database): Vocabulary {
  const known = new Set<string>()
  let added: string[] = []
  return {
    add(words) {
      // In order, so that neighbours in the index are written together.
      const unknown = [...new Set(words)].filter((word) => !known.has(word)).sort()
      for (const word of unknown) addWord(database, word)
      added = unknown
    },
    settle(committed) {
      if (committed) {
        if (known.size + added.length > KNOWN_MAX) known.clear()
        for (const word of added) known.add(word)
      }
      added = []
    },
  }
}

// Without RETURNING: that makes the full-text tables write out what they gather, word by word.
function addWord(database: Database, word: string): void {
  const { changes, lastInsertRowid } = database.execute(
    'INSERT INTO words (word) VALUES (?) ON CONFLICT DO NOTHING',
    word,
  )
  if (changes === 0 || editsAllowed(word, word) === 0) return
  database.execute(
    'INSERT INTO word_neighbours (rowid, keys) VALUES (?, ?)',
    lastInsertRowid,
    neighbourKeys(word).join(' '),
  )
}
