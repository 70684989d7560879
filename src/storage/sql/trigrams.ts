import { ANY, type TextPart } from '../../core/filter.ts'
import { COLUMNS, type ColumnField } from './columns.ts'

/** A run must have this many characters to be looked up by its trigrams. */
export const TRIGRAM_LENGTH = 3
/** Trigrams looked up for one pattern; the rest is left to the look at the users themselves. */
const TRIGRAMS_MAX = 16
/** Runs up to this long are looked up by all of their trigrams: one more list to read, but fewer users to look at. */
const SHORT_RUN = 8

/** The fields of one text whose trigrams are kept. */
export const TRIGRAM_FIELDS: readonly ColumnField[] = Object.values(COLUMNS)
  .filter(({ field, kind }) => kind === 'text' && field !== 'phone')
  .map(({ field }) => field)

/** Whether the texts of a field are among those whose trigrams are kept. */
export function hasTrigrams(field: string): boolean {
  return field === 'id' || field === 'phones' || TRIGRAM_FIELDS.some((one) => one === field)
}

/** Trigrams that every text of a folded pattern has; none where no run is long enough. */
export function patternTrigrams(parts: readonly TextPart[]): readonly string[] {
  const trigrams = new Set(parts.flatMap((part) => (part === ANY ? [] : trigramsOf(Array.from(part)))))
  return [...trigrams].slice(0, TRIGRAMS_MAX)
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
