import { ANY, type TextPart } from '../../core/filter.ts'
import { fold } from '../../core/text.ts'
import type { User } from '../../core/user.ts'
import { COLUMNS } from './columns.ts'

/** A run must have this many characters to be looked up by its trigrams. */
const TRIGRAM_LENGTH = 3
/** Trigrams looked up for one pattern; the rest is left to the look at the users themselves. */
const TRIGRAMS_MAX = 16
/** Stands between the texts of a user; what is found across it does not pass the second look. */
const SEPARATOR = '\u0001'

const TEXT_FIELDS = Object.values(COLUMNS).filter(({ kind }) => kind === 'text')

/** Whether the texts of a field are among those whose trigrams are kept. */
export function hasTrigrams(field: string): boolean {
  return field === 'id' || field === 'phones' || TEXT_FIELDS.some((column) => column.field === field)
}

/** All texts of a user that patterns may ask for, folded, as one. A text within another one is not repeated. */
export function trigramText(user: User): string {
  const texts = [user.id, ...user.phones.map(fold)]
  for (const { field } of TEXT_FIELDS) {
    const text = field === 'phone' ? null : user[field]
    if (typeof text === 'string') texts.push(fold(text))
  }
  texts.sort((a, b) => b.length - a.length)
  let whole = ''
  for (const text of texts) if (text.length >= TRIGRAM_LENGTH && !whole.includes(text)) whole += SEPARATOR + text
  return whole
}

/**
 * The full-text question for users who may have a text of a folded pattern, and among whom everybody is who has; null
 * where no run is long enough. The table keeps no places, so that each trigram is asked for by itself.
 */
export function trigramQuestion(parts: readonly TextPart[]): string | null {
  const trigrams = new Set<string>()
  for (const part of parts) {
    if (part === ANY) continue
    const points = Array.from(part)
    // Every third one and the last cover the run.
    for (let at = 0; at + TRIGRAM_LENGTH <= points.length; at += TRIGRAM_LENGTH) trigrams.add(trigramAt(points, at))
    if (points.length > TRIGRAM_LENGTH) trigrams.add(trigramAt(points, points.length - TRIGRAM_LENGTH))
  }
  if (trigrams.size === 0) return null
  return [...trigrams].slice(0, TRIGRAMS_MAX).map(quoted).join(' AND ')
}

/** A text as one string of the full-text query language. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function trigramAt(points: readonly string[], at: number): string {
  return points.slice(at, at + TRIGRAM_LENGTH).join('')
}
