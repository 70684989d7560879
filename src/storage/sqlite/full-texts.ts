import type { User } from '../../core/user.ts'
import type { Database } from './database.ts'
import { trigramText } from './trigrams.ts'
import { placesOf, rowTexts, type UserRow } from './user-row.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * The full-text tables in a commit. What changes is written at its end, in the order of numbers: the engine gathers
 * what it writes only as long as numbers grow.
 */
export interface FullTexts {
  put(user: User, before: UserRow | undefined, after: UserRow): void
  flush(): void
}

/** The words a row is found by, as `searchWords` gives them for its user. */
function rowWords(row: UserRow): readonly string[] {
  return [...new Set(rowTexts(row, SEARCHED_PLACES).join(' ').match(WORD))]
}

/** The columns whose words users are found by. */
export const SEARCHED = [
  'fullName', 'givenName', 'familyName', 'displayName', 'identifier', 'email', 'description',
] as const // prettier-ignore

const SEARCHED_PLACES = placesOf(SEARCHED)
const WORD = /[\p{L}\p{N}]+/gu

export function startFullTexts(database: Database, vocabulary: Vocabulary): FullTexts {
  const trigrams = new Map<number, Text>()
  const words = new Map<number, Text>()
  const put = (texts: Map<number, Text>, number: number, before: string | undefined, after: string) => {
    if (before !== after) texts.set(number, { isNew: texts.get(number)?.isNew ?? before === undefined, text: after })
  }
  return {
    put(user, before, after) {
      put(trigrams, user.number, before && trigramText(user, before), trigramText(user, after))
      const own = rowWords(after)
      put(words, user.number, before && rowWords(before).join(' '), own.join(' '))
      vocabulary.note(own)
    },
    flush() {
      write(database, 'user_trigrams', 'texts', trigrams)
      write(database, 'user_words', 'words', words)
      vocabulary.write()
    },
  }
}

interface Text {
  readonly isNew: boolean
  readonly text: string
}

function write(database: Database, table: string, column: string, texts: ReadonlyMap<number, Text>): void {
  for (const [number, { isNew, text }] of [...texts].sort(([a], [b]) => a - b)) {
    if (!isNew) database.execute(`DELETE FROM ${table} WHERE rowid = ?`, number)
    database.execute(`INSERT INTO ${table} (rowid, ${column}) VALUES (?, ?)`, number, text)
  }
}
