import type { WriteCondition } from '../../core/directory.ts'
import { DirectoryError, invalid } from '../../core/error.ts'
import type { Call } from '../dialect.ts'

const ENTITY_TAG = /^(W\/)?"([\x21\x23-\x7e]*)"$/
const OWN_TAG = /^(\d{1,15})(?:-[a-z0-9-]+)?$/

/** No user, no customer and no view was ever written by this revision. */
const NO_REVISION = 0

/**
 * The version a write insists on by `If-Match` (RFC 9110 §13.1.1): the revision at the start of our own entity tags. A
 * weak tag and one that is not ours match nothing. Throws `invalid` for what is no entity tag, and for several.
 */
export function ifMatch(call: Call): WriteCondition {
  const header = call.header('if-match')?.trim()
  if (header === undefined || header === '*') return {}
  const tag = ENTITY_TAG.exec(header)
  if (!tag) {
    const allowed = 'one entity tag in double quotes, as the ETag header gave it, or *'
    throw invalid('format', `If-Match must be ${allowed}.`, { in: 'header', name: 'If-Match', allowed })
  }
  const revision = tag[1] === undefined ? OWN_TAG.exec(tag[2] ?? '')?.[1] : undefined
  return { ifRevision: revision === undefined ? NO_REVISION : Number(revision) }
}

/**
 * Throws `precondition_failed` where a write of something that has no entity tag insists on one: a condition that nothing can
 * meet is never passed over (RFC 9110 §13.2.1).
 */
export function assertNoCondition(call: Call): void {
  if (ifMatch(call).ifRevision === undefined) return
  throw new DirectoryError('precondition_failed', 'This has no ETag that If-Match could name.', {
    where: { in: 'header', name: 'If-Match', allowed: '*' },
  })
}
