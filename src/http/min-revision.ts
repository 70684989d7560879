import { DirectoryError, invalid } from '../core/error.ts'
import type { Exchange } from './exchange.ts'
import type { Serving } from './serving.ts'

const HEADER = 'If-Min-Revision'
const REVISION = /^\d{1,15}$/

/**
 * Takes note of the revision that a request wants to see at least. Throws `invalid` for a header that is no revision,
 * and `precondition_failed` where there is no such revision yet anywhere.
 */
export async function readMinRevision(serving: Serving, exchange: Exchange): Promise<void> {
  const written = String(exchange.request.headers['if-min-revision']).trim()
  if (!REVISION.test(written)) {
    const allowed = 'a revision as an earlier answer gave it: a whole number from 0'
    throw invalid('format', `${HEADER} must be ${allowed}.`, { in: 'header', name: HEADER, allowed })
  }
  const wanted = Number(written)
  if (wanted > exchange.revision) {
    const newest = await serving.store.revision()
    if (wanted > newest) {
      throw new DirectoryError(
        'precondition_failed',
        `The directory is at revision ${newest}, and ${HEADER} wants ${wanted} or later.`,
        { where: { in: 'header', name: HEADER, allowed: `at most ${newest}` } },
      )
    }
    exchange.revision = newest
  }
  exchange.minRevision = wanted
}
