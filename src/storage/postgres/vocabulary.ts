import { editsAllowed, neighbourKeys } from '../../core/search.ts'
import { sql } from '../sql/fragment.ts'
import { arrayBytes, integersBytes } from './array-bytes.ts'
import type { Transaction } from './database.ts'
import { rowsOf, runForRows } from './each.ts'
import { KEYS, type IsNew } from './known-keys.ts'
import { openMarkList } from './mark-list.ts'
import { hash } from './marks.ts'
import { beginning, entriesOf, entryKey, type Entry } from './word-starts.ts'

/** Letters of a word by which words near it are found: as many as `neighbourKeys` looks at. */
const STEM_LENGTH = 7

/** Words, and entries, remembered with their numbers. */
const KNOWN_MAX = 200_000

/** The numbers of words and their beginnings. They stay: what is near a word nobody has any more finds nobody. */
export interface Vocabulary {
  /** The numbers of words, each with those of its beginnings; new ones are written, and those surely new not asked for. */
  numbersOf(transaction: Transaction, words: ReadonlySet<string>, isNew?: Promise<IsNew>): Promise<WordNumbers>
}

/** The numbers by word. */
export type WordNumbers = ReadonlyMap<string, readonly number[]>

export function openVocabulary(): Vocabulary {
  // Only what was there before a commit is remembered: what a commit writes itself may be taken back.
  const knownWords = new Map<string, readonly number[]>()
  const knownEntries = new Map<string, number>()

  const entryNumbers = async (
    transaction: Transaction,
    entries: ReadonlyMap<string, Entry>,
    isNew: IsNew | undefined,
  ) => {
    const numbers = new Map<string, number>()
    if (entries.size === 0) return numbers
    const all = [...entries.values()]
    const asked = isNew ? all.filter(({ letters, word }) => !isNew(KEYS.word(letters, word))) : all
    for (const [letters, word, id] of asked.length === 0 ? [] : await transaction.rows(entriesAmong(asked))) {
      const key = entryKey({ letters: Number(letters), word: String(word) })
      numbers.set(key, Number(id))
      keep(knownEntries, key, Number(id))
    }
    const fresh = [...entries].flatMap(([key, entry]) => (numbers.has(key) ? [] : [entry]))
    if (fresh.length === 0) return numbers
    const [added] = await Promise.all([transaction.rows(addEntries(fresh)), addStems(transaction, fresh)])
    for (const [letters, word, id] of added) {
      numbers.set(entryKey({ letters: Number(letters), word: String(word) }), Number(id))
    }
    return numbers
  }

  return {
    async numbersOf(transaction, words, isNew) {
      const found = new Map<string, readonly number[]>()
      const asked = new Map<string, readonly { readonly key: string; readonly known: number | undefined }[]>()
      const entries = new Map<string, Entry>()
      for (const word of words) {
        const known = knownWords.get(word)
        if (known) found.set(word, known)
        else {
          const own = entriesOf(word).map((entry) => ({ entry, key: entryKey(entry) }))
          asked.set(word, own.map(({ key }) => ({ key, known: knownEntries.get(key) }))) // prettier-ignore
          for (const { entry, key } of own) if (!knownEntries.has(key)) entries.set(key, entry)
        }
      }
      const numbers = await entryNumbers(transaction, entries, await isNew)
      for (const [word, own] of asked) {
        const all = own.map(({ key, known }) => known ?? numbers.get(key) ?? 0)
        found.set(word, all)
        if (own.every(({ key }) => knownEntries.has(key))) keep(knownWords, word, all)
      }
      return found
    },
  }
}

function keep<T>(known: Map<string, T>, key: string, value: T): void {
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(key, value)
}

function entriesAmong(entries: readonly Entry[]) {
  return sql`SELECT w.letters, w.word, w.id FROM json_to_recordset(${JSON.stringify(entries)}) AS e (letters smallint, word text)
    JOIN words w ON w.letters = e.letters AND w.word = e.word`
}

// In order, so that neighbours in the index are written together.
function addEntries(entries: readonly Entry[]) {
  const letters = arrayBytes('integer', entries.map(({ letters }) => letters)) // prettier-ignore
  const words = arrayBytes('text', entries.map(({ word }) => word)) // prettier-ignore
  return sql`INSERT INTO words (letters, word)
    SELECT letters, word FROM unnest(${letters}::integer[], ${words}::text[]) AS e (letters, word)
    ORDER BY letters, word COLLATE "C" RETURNING letters, word, id`
}

const list = openMarkList()

async function addStems(transaction: Transaction, entries: readonly Entry[]): Promise<void> {
  const stems = new Map<string, { stem: string; edits: number; first: number; last: number }>()
  const keys: Int32Array[] = []
  let last = 0
  for (const { letters, word } of entries) {
    const edits = letters < 0 ? 0 : editsAllowed(word, word)
    if (edits === 0) continue
    const stem = beginning(word, STEM_LENGTH)
    const name = `${stem}${edits}`
    if (stems.has(name)) continue
    const first = last + 1
    for (const neighbour of neighbourKeys(word)) list.add(hash(neighbour))
    const own = list.take()
    keys.push(own)
    last += own.length
    stems.set(name, { stem, edits, first, last })
  }
  await runForRows(transaction, ADD_STEMS, [...stems.values()], integersBytes(keys))
}

const STEM = { stem: 'text', edits: 'integer', first: 'integer', last: 'integer' } as const

// The keys of all are one array, of which each has a stretch.
const ADD_STEMS = {
  name: 'add stems',
  columns: STEM,
  text: `INSERT INTO word_stems (stem, edits, keys) SELECT stem, edits, (?::integer[])[first:last] FROM ${rowsOf(STEM)}
    ON CONFLICT DO NOTHING`,
}
