import { editsAllowed, neighbourKeys, resemblance } from '../../core/search.ts'
import { raw, sql } from '../sql/fragment.ts'
import type { Reader } from './reader.ts'
import { quoted } from './trigrams.ts'

/** The words one or two edits away from a term, and how far: 2 or 3, as `resemblance` says. */
export type NearWords = ReadonlyMap<string, number>

/** Every word of the directory that is near a term without being it or beginning with it. */
export function nearWordsOf({ database, nearWords }: Reader, term: string): NearWords {
  if (editsAllowed(term, term) === 0) return NONE
  const words = Number(database.first(raw('SELECT max(id) FROM words'))?.[0] ?? 0)
  const known = nearWords.get(term)
  if (known?.words === words) return known.classes
  const question = neighbourKeys(term).map(quoted).join(' OR ')
  const rows = database.rows(sql`SELECT w.word FROM word_neighbours n CROSS JOIN words w ON w.id = n.rowid
    WHERE n.word_neighbours MATCH ${question}`)
  const classes = new Map<string, number>()
  for (const [word] of rows) {
    const distance = resemblance(term, String(word))
    if (distance > 1 && distance < Infinity) classes.set(String(word), distance)
  }
  nearWords.set(term, { words, classes })
  return classes
}

const NONE: NearWords = new Map()
