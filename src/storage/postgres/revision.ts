import { numbered, sql } from '../sql/fragment.ts'
import { counter } from './counters.ts'
import type { Database } from './database.ts'
import { standingQuestion } from './standing-question.ts'

const NEWEST = standingQuestion('revision', numbered(sql`SELECT ${counter('revision')}`))

/** The newest committed revision. */
export async function readRevision({ brief }: Pick<Database, 'brief'>): Promise<number> {
  const revision = await brief.standing(NEWEST)
  if (revision === null) throw new Error('The directory has no revision.')
  return Number(revision)
}
