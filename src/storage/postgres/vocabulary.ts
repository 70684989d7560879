import { editsAllowed, neighbourKeys } from '../../core/search.ts'
import { sql } from '../sql/fragment.ts'
import type { Transaction } from './database.ts'
import { hash } from './marks.ts'
import { entryKey, type Entry } from './word-starts.ts'

/** Letters of a word by which words near it are found: as many as `neighbourKeys` looks at. */
const STEM_LENGTH = 7

/** Entries remembered with their numbers. */
const KNOWN_MAX = 200_000

/** The numbers of words and their beginnings. They stay: what is near a word nobody has any more finds nobody. */
export interface Vocabulary {
  /** The numbers of entries, by `entryKey`; new ones are written. */
  numbersOf(transaction: Transaction, entries: ReadonlyMap<string, Entry>): Promise<ReadonlyMap<string, number>>
}

export function openVocabulary(): Vocabulary {
  // Only what was there before a commit is remembered: what a commit writes itself may be taken back.
  const known = new Map<string, number>()
  const remember = (key: string, id: number) => {
    if (known.size >= KNOWN_MAX) known.clear()
    known.set(key, id)
  }
  return {
    async numbersOf(transaction, entries) {
      const numbers = new Map<string, number>()
      const asked: Entry[] = []
      for (const [key, entry] of entries) {
        const id = known.get(key)
        if (id === undefined) asked.push(entry)
        else numbers.set(key, id)
      }
      if (asked.length === 0) return numbers
      for (const [letters, word, id] of await transaction.rows(entriesAmong(asked))) {
        const key = entryKey({ letters: Number(letters), word: String(word) })
        numbers.set(key, Number(id))
        remember(key, Number(id))
      }
      const fresh = asked.filter((entry) => !numbers.has(entryKey(entry)))
      if (fresh.length === 0) return numbers
      const [added] = await Promise.all([transaction.rows(addEntries(fresh)), addStems(transaction, fresh)])
      for (const [letters, word, id] of added) {
        numbers.set(entryKey({ letters: Number(letters), word: String(word) }), Number(id))
      }
      return numbers
    },
  }
}

function entriesAmong(entries: readonly Entry[]) {
  return sql`SELECT w.letters, w.word, w.id FROM json_to_recordset(${JSON.stringify(entries)}) AS e (letters smallint, word text)
    JOIN words w ON w.letters = e.letters AND w.word = e.word`
}

// In order, so that neighbours in the index are written together.
function addEntries(entries: readonly Entry[]) {
  return sql`INSERT INTO words (letters, word)
    SELECT letters, word FROM json_to_recordset(${JSON.stringify(entries)}) AS e (letters smallint, word text)
    ORDER BY letters, word COLLATE "C" RETURNING letters, word, id`
}

async function addStems(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
  const stems = new Map<string, { stem: string; edits: number; keys: string }>()
  for (const { letters, word } of entries) {
    const edits = letters < 0 ? 0 : editsAllowed(word, word)
    const stem = Array.from(word).slice(0, STEM_LENGTH).join('')
    if (edits === 0 || stems.has(`${stem}${edits}`)) continue
    stems.set(`${stem}${edits}`, { stem, edits, keys: `{${neighbourKeys(word).map(hash).join(',')}}` })
  }
  if (stems.size === 0) return
  await transaction.run(sql`INSERT INTO word_stems (stem, edits, keys)
    SELECT stem, edits, keys::integer[] FROM json_to_recordset(${JSON.stringify([...stems.values()])})
      AS s (stem text, edits smallint, keys text)
    ON CONFLICT DO NOTHING`)
}
