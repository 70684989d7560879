/** What is asked about the columns of a file. */
export const DETECTION_MEANINGS = {
  format: 'The format of the file: CSV, or JSON Lines with an object per line.',
  columns: 'The names of the columns: the header of a CSV file; of JSON Lines, the members of the first lines.',
  source: 'The kind of file it is to be taken for; the one that fits best when absent.',
} as const

/** What the columns of a file mean. */
export const DETECTED_MEANINGS = {
  source: 'The name of the kind of file it is taken for.',
  title: 'What people call that kind of file.',
  columns: 'What each column means, in their order.',
  fields: 'What a column can be mapped to, besides tags.<name> and attributes.<name>.',
  sources: 'Every kind of file there is.',
} as const

/** What one column means. */
export const COLUMN_MEANINGS = {
  column: 'The name of the column.',
  field: 'What the column is mapped to, of fields or an entry such as tags.team; null where it means nothing.',
} as const

/** One kind of file. */
export const SOURCE_MEANINGS = {
  name: 'What source calls it.',
  title: 'What people call it.',
} as const

/** What is to be imported, and how. */
export const IMPORT_MEANINGS = {
  format: DETECTION_MEANINGS.format,
  columns: `${DETECTION_MEANINGS.columns} CSV needs them.`,
  source: 'The kind of file, which says what the columns mean.',
  mapping: 'What columns mean that mean something else than in the source, by name; null leaves one out.',
  match: 'The member by which a user counts as there already, and is updated; with null every row is a new user.',
  customerId: 'The customer of rows that name none; the caller’s own when absent.',
  dryRun: 'Whether to say only what would become of the rows, and write nothing.',
  rows: 'The rows, in the order in which they are to be written.',
} as const

/** One row of a file. */
export const ROW_MEANINGS = {
  line: 'The line of the file it begins on; it only names the row in its result.',
  values: 'The cells of a CSV record, in the order of columns, or the object of a JSON line.',
} as const

/** What became of the rows. */
export const RESULTS_MEANINGS = {
  results: 'A result for each row, in their order.',
  revision: 'The revision of the directory after it.',
} as const

/** What became of one row. */
export const RESULT_MEANINGS = {
  line: 'The line that was sent with the row.',
  outcome: 'What became of the row.',
  id: 'The id of the user; absent where there is none yet.',
  reason: 'Why the row was refused, in a sentence; absent where it was not.',
  column: 'The column it was refused for; absent where it is not one that is wrong.',
} as const
