import { editsAllowed, neighbourKeys } from '../../core/search.ts'
import { raw, sql } from '../sql/fragment.ts'
import { wordDistance } from '../sql/word-distance.ts'
import type { Reader } from './reader.ts'
import { quoted } from './trigrams.ts'

/** The words one or two edits away from a term, and how far: 2 or 3, as `resemblance` says. */
export type NearWords = ReadonlyMap<string, number>

const NONE: NearWords = new Map()

/** Every word of the directory that is near a term without being it or beginning with it. */
export function nearWordsOf({ database, nearWords }: Reader, term: string): NearWords {
  if (editsAllowed(term, term) === 0) return NONE
  const size = Number(database.first(raw('SELECT max(id) FROM words'))?.[0] ?? 0)
  const known = nearWords.get(term)
  if (known?.size === size) return known.words
  const question = neighbourKeys(term).map(quoted).join(' OR ')
  const rows = database.rows(sql`SELECT w.word FROM word_neighbours n CROSS JOIN words w ON w.id = n.rowid
    WHERE n.word_neighbours MATCH ${question}`)
  const words = new Map<string, number>()
  for (const [word] of rows) {
    const distance = wordDistance(term, String(word))
    if (distance > 1 && distance < Infinity) words.set(String(word), distance)
  }
  nearWords.set(term, { size, words })
  return words
}
