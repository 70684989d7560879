import { raw } from '../sql/fragment.ts'
import type { Transaction } from './database.ts'
import { hash } from './marks.ts'

/** Whether a key that a commit is about to write is surely not there yet. */
export type IsNew = (key: string) => boolean

/**
 * What a writer that is alone knows of the keys there are, so that it need not ask the server for each that it writes. Whether
 * it is alone shows in the revisions: nobody has written between two commits whose revisions follow one another.
 */
export interface KnownKeys {
  /** What is known in a transaction that has got its revision: nothing is surely new where others have written since. */
  during(transaction: Transaction, revision: number): Promise<IsNew>
  /** Notes that a transaction with this revision is durable. */
  keep(revision: number): void
}

/** The keys of what no two users, or words, have in common. */
export const KEYS = {
  id: (id: string) => `u${id}`,
  identifier: (folded: string) => `i${folded}`,
  email: (folded: string) => `e${folded}`,
  /** Of a word, or, below zero, of a beginning. */
  word: (letters: number, word: string) => `${letters < 0 ? 's' : 'w'}${word}`,
} as const

/** A directory that has more of them at first is asked. */
const READ_MAX = 100_000
/** Places for hashes at first, and where no more are kept: 32 MiB. */
const PLACES_MIN = 2 ** 16
const PLACES_MAX = 2 ** 23

/** A writer that knows nothing yet: it reads all keys with its first commit where there are few. */
export function openKnownKeys(): KnownKeys {
  // Of keys that may be there, whether or not what wrote them was taken back. Two that share a hash are asked for.
  let hashes = new Int32Array(PLACES_MIN)
  let kept = 0
  // That all keys are among them; null before they have been read.
  let complete: number | null = null

  const add = (key: string): boolean => {
    const mark = hash(key)
    const place = placeOf(hashes, mark)
    if (hashes[place] === mark) return false
    hashes[place] = mark
    if (++kept * 2 > hashes.length && hashes.length < PLACES_MAX) hashes = grown(hashes)
    return true
  }
  const isFull = () => kept * 2 > hashes.length

  return {
    async during(transaction, revision) {
      if (complete === null) {
        const keys = await transaction.rows(raw(ALL_KEYS))
        for (const [key] of keys) add(String(key))
        complete = keys.length > READ_MAX ? NEVER : revision - 1
      }
      return complete === revision - 1 && !isFull() ? add : nothingIsNew
    },
    keep(revision) {
      if (complete === revision - 1 && !isFull()) complete = revision
    },
  }
}

/** No revision is one more than this. */
const NEVER = -2

/** What is known where nothing is. */
export function nothingIsNew(): boolean {
  return false
}

// Where a hash is, or a free place for it.
function placeOf(hashes: Int32Array, mark: number): number {
  const last = hashes.length - 1
  let place = mark & last
  while (hashes[place] !== 0 && hashes[place] !== mark) place = (place + 1) & last
  return place
}

function grown(hashes: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(hashes.length * 2)
  for (const mark of hashes) if (mark !== 0) more[placeOf(more, mark)] = mark
  return more
}

const ALL_KEYS = `
  SELECT 'u' || id FROM users UNION ALL SELECT 'i' || identifier FROM users WHERE live
  UNION ALL SELECT 'e' || email FROM users WHERE live AND email IS NOT NULL
  UNION ALL SELECT CASE WHEN letters < 0 THEN 's' ELSE 'w' END || word FROM words LIMIT ${READ_MAX + 1}`
