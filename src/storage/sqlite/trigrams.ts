import { ANY, type TextPart } from '../../core/filter.ts'
import type { User } from '../../core/user.ts'
import { COLUMNS, VALUE_FIELDS } from '../sql/columns.ts'
import { placesOf, rowTexts, type UserRow } from './user-row.ts'

/** A run must have this many characters to be looked up by its trigrams. */
const TRIGRAM_LENGTH = 3
/** Trigrams looked up for one pattern; the rest is left to the look at the users themselves. */
const TRIGRAMS_MAX = 16
/** Runs up to this long are looked up by all of their trigrams: one more list to read, but fewer users to look at. */
const SHORT_RUN = 8
/** Stands between the texts of a user; what is found across it does not pass the second look. */
const SEPARATOR = '\u0001'

const TEXT_FIELDS = Object.values(COLUMNS)
  .filter(({ field, kind }) => kind === 'text' && field !== 'phone')
  .map(({ field }) => field)
const TEXT_PLACES = placesOf(TEXT_FIELDS)

/** Whether the texts of a field are among those whose trigrams are kept. */
export function hasTrigrams(field: string): boolean {
  return field === 'id' || field === 'phones' || TEXT_FIELDS.some((one) => one === field)
}

/** All texts of a user that patterns may ask for, folded, as one. A text within another one is not repeated. */
export function trigramText({ id }: Pick<User, 'id'>, row: UserRow): string {
  const phones = row.keys.filter(([field]) => field === VALUE_FIELDS.phones).map(([, , folded]) => folded)
  const texts = [id, ...phones, ...rowTexts(row, TEXT_PLACES)].sort((a, b) => b.length - a.length)
  let whole = ''
  for (const text of texts) if (text.length >= TRIGRAM_LENGTH && !whole.includes(text)) whole += SEPARATOR + text
  return whole
}

/**
 * The full-text question for users who may have a text of a folded pattern, and among whom everybody is who has; null
 * where no run is long enough. The table keeps no places, so that each trigram is asked for by itself.
 */
export function trigramQuestion(parts: readonly TextPart[]): string | null {
  const trigrams = new Set(parts.flatMap((part) => (part === ANY ? [] : trigramsOf(Array.from(part)))))
  return trigrams.size === 0 ? null : [...trigrams].slice(0, TRIGRAMS_MAX).map(quoted).join(' AND ')
}

// All of a short run; of a long one every third and the last, which cover it.
function trigramsOf(points: readonly string[]): readonly string[] {
  const last = points.length - TRIGRAM_LENGTH
  const step = points.length <= SHORT_RUN ? 1 : TRIGRAM_LENGTH
  const trigrams: string[] = []
  for (let at = 0; at < last; at += step) trigrams.push(points.slice(at, at + TRIGRAM_LENGTH).join(''))
  if (last >= 0) trigrams.push(points.slice(last).join(''))
  return trigrams
}

/** A text as one string of the full-text query language. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
