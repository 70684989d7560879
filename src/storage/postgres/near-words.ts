import { editsAllowed, neighbourKeys } from '../../core/search.ts'
import { sql } from '../sql/fragment.ts'
import { wordDistance } from '../sql/word-distance.ts'
import { arrayText } from './array-text.ts'
import { hash } from './marks.ts'
import type { NearWords, Reading } from './reader.ts'
import { lengthsBeyond, wordEntry } from './word-starts.ts'

const NONE: NearWords = [[], [], [], []]

/** Every word of the directory that resembles a term, and every beginning that stands for words that begin with it. */
export async function nearWordsOf({ reader, asking, heading }: Reading, term: string): Promise<NearWords> {
  const { revision } = heading
  const known = reader.nearWords.get(term)
  if (known?.revision === revision) return known.words
  const { letters, word } = wordEntry(term)
  const { words: lengths, starts } = lengthsBeyond(letters)
  const beginning = [...lengths, ...(starts === null ? [] : [starts])]
  const edits = editsAllowed(word, word)
  const keys = arrayText(neighbourKeys(word).map(hash))
  const begins = sql`w.word >= ${word} AND w.word < ${word} || ${LAST}`
  const ofLengths =
    starts === null ? sql`w.letters >= ${letters}` : sql`w.letters = ANY (${arrayText(beginning)}::smallint[])`
  const asked = [
    asking.rows(sql`SELECT w.letters, w.word, w.id FROM words w WHERE ${ofLengths} AND ${begins}
    UNION SELECT w.letters, w.word, w.id FROM words w WHERE w.letters = ${letters} AND w.word = ${word}`),
  ]
  if (edits > 0) {
    asked.push(
      asking.rows(sql`SELECT w.letters, w.word, w.id
        FROM (SELECT DISTINCT stem FROM word_stems WHERE keys && ${keys}::integer[]) s
        CROSS JOIN generate_series(${letters - edits}::integer, ${letters + edits}::integer) l (letters)
        JOIN words w ON w.letters = l.letters AND w.word >= s.stem AND w.word < s.stem || ${LAST}`),
    )
  }
  const near: number[][] = [[], [], [], []]
  const seen = new Set<number>()
  for (const [length, other, id] of (await Promise.all(asked)).flat()) {
    const distance = Number(length) < 0 ? 1 : wordDistance(word, String(other))
    if (distance === Infinity || seen.has(Number(id))) continue
    seen.add(Number(id))
    near[distance]?.push(Number(id))
  }
  const words = seen.size === 0 ? NONE : (near as unknown as NearWords)
  reader.nearWords.set(term, { revision, words })
  return words
}

/** After everything a word can go on with: no letter or digit is so high. */
const LAST = '\u{10ffff}'
