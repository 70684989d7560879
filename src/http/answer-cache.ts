import { lengthOf, type WholeAnswer } from './ready-answer.ts'

/** An answer that can be sent again. */
export type KeptAnswer = WholeAnswer & { readonly isShared: true }

/** Whole answers of the newest revision, so that none can be stale. */
export interface AnswerCache {
  get(key: string, revision: number): KeptAnswer | undefined
  /**
   * Keeps an answer made at a revision, unless a newer one is kept already or it is too large. Gives the answer that is to be
   * sent: what is kept, or else the one that was brought.
   */
  put(key: string, revision: number, answer: WholeAnswer): WholeAnswer
  readonly bytes: number
}

interface Entry {
  readonly answer: KeptAnswer
  readonly bytes: number
  used: boolean
}

/** What an entry costs beside key and body. */
const ENTRY_BYTES = 1024
/** The part of the cache one answer may take. */
const SHARE_MAX = 1 / 8

/** A cache of at most so many bytes; 0 keeps nothing. */
export function answerCache(bytesMax: number): AnswerCache {
  const entries = new Map<string, Entry>()
  let revision = -1
  let bytes = 0

  const drop = (key: string, entry: Entry): void => {
    entries.delete(key)
    bytes -= entry.bytes
  }

  // The oldest goes; one that was used since it last came by gets another round.
  const makeRoom = (): void => {
    for (const [key, entry] of entries) {
      if (bytes <= bytesMax) return
      drop(key, entry)
      if (!entry.used) continue
      entries.set(key, { ...entry, used: false })
      bytes += entry.bytes
    }
  }

  return {
    get bytes() {
      return bytes
    },

    get(key, at) {
      if (at !== revision) return undefined
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entry.used = true
      return entry.answer
    },

    put(key, at, answer) {
      if (at < revision) return answer
      if (at > revision) {
        entries.clear()
        bytes = 0
        revision = at
      }
      const size = lengthOf(answer.body) + 2 * key.length + ENTRY_BYTES
      if (size > bytesMax * SHARE_MAX) return answer
      const before = entries.get(key)
      if (before) drop(key, before)
      // In one piece, which is sent with less ado than several, again and again.
      const kept: KeptAnswer = { ...answer, body: [Buffer.concat(answer.body)], isShared: true }
      entries.set(key, { answer: kept, bytes: size, used: false })
      bytes += size
      makeRoom()
      return kept
    },
  }
}
