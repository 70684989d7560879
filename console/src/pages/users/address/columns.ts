import { DEFAULT_COLUMNS, FIELDS, METADATA } from '../../../directory/user-fields.ts'

/** What an address says instead of the usual columns: it means the same to everybody. */
const USUAL = 'usual'
/** What a way to the list says that leaves the columns to whoever takes it. */
export const OWN_COLUMNS = 'own'

/** The names an address writes down; none where it has a word for them. */
export function namedColumns(text: string): readonly string[] {
  return text === '' || text === USUAL || text === OWN_COLUMNS ? [] : text.split(',')
}

/**
 * The columns an address means: those it names, or where it leaves them to whoever looks, those they like. What does not exist and
 * what the caller is not shown is left out.
 */
export function columnsFrom(
  text: string,
  liked: readonly string[] | null,
  mayReadMetadata: boolean,
): readonly string[] {
  const named = text === '' || text === OWN_COLUMNS ? (liked ?? []) : namedColumns(text)
  const known = [...new Set(named)].filter((name) => FIELDS.has(name) && (mayReadMetadata || !METADATA.has(name)))
  return known.length === 0 ? DEFAULT_COLUMNS : known
}

/** Columns as an address says them. */
export function columnsText(columns: readonly string[]): string {
  const text = columns.join(',')
  return text === DEFAULT_COLUMNS.join(',') ? USUAL : text
}
