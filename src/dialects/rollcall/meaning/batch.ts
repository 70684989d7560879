/** A batch. */
export const BATCH_MEANINGS = {
  atomic: 'Whether all operations are done or none; if not, each is done on its own and has its own result.',
  dryRun: 'Whether to say only what would happen, and write nothing.',
  operations: 'What is to be done, in this order.',
} as const

/** One operation of a batch. */
export const OPERATION_MEANINGS = {
  op: 'What is to be done.',
  id: 'The id of the user it is about.',
  user: 'What is to be written of the user, without password.',
  ifRevision: 'The revision the user must still have; another one is refused with 412. Any will do when absent.',
  match: 'The member by which a user counts as there already, and is updated instead of created.',
} as const

/** The answer to a batch. */
export const RESULTS_MEANINGS = {
  atomic: 'Whether it was all or nothing.',
  dryRun: 'Whether nothing was written.',
  results: 'A result for each operation, in their order.',
  revision: 'The revision of the directory after it.',
} as const

/** What became of one operation. */
export const RESULT_MEANINGS = {
  status: 'The HTTP status that the operation alone would have been answered with.',
  outcome: 'What became of it.',
  user: 'The user as it now is; absent where the operation was refused.',
  problem: 'Why the operation was refused (RFC 9457); absent where it was not.',
} as const
