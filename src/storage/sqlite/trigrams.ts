import type { TextPart } from '../../core/filter.ts'
import type { User } from '../../core/user.ts'
import { VALUE_FIELDS } from '../sql/columns.ts'
import { patternTrigrams, TRIGRAM_FIELDS, TRIGRAM_LENGTH } from '../sql/trigrams.ts'
import { placesOf, rowTexts, type UserRow } from './user-row.ts'

/** Stands between the texts of a user; what is found across it does not pass the second look. */
const SEPARATOR = '\u0001'

const TEXT_PLACES = placesOf(TRIGRAM_FIELDS)

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
  const trigrams = patternTrigrams(parts)
  return trigrams.length === 0 ? null : trigrams.map(quoted).join(' AND ')
}

/** A text as one string of the full-text query language. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
