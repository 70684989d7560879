import { hash, randomBytes } from 'node:crypto'

// Settings may change how a revision is rendered from one start to the next, so a tag holds for one start.
const start = randomBytes(8).toString('hex')

/** The weak tag of what a query gives at a revision. */
export function listTag(revision: number, key: string): string {
  return `W/"${revision.toString(36)}-${hash('sha256', `${start} ${key}`, 'base64url').slice(0, 16)}"`
}

/** Whether an `If-None-Match` names the tag, by weak comparison (RFC 9110 §13.1.2); `*` names any. */
export function matchesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch === tag) return true
  const opaque = tag.replace(/^W\//, '')
  return ifNoneMatch.split(',').some((one) => {
    const sent = one.trim()
    return sent === '*' || sent.replace(/^W\//, '') === opaque
  })
}
