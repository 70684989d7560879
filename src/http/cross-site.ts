import { DirectoryError } from '../core/error.ts'

/** The headers of a request that tell who made a browser send it, by lower-case name. */
type HeaderOf = (name: 'sec-fetch-site' | 'origin' | 'x-rollcall-console') => string | undefined

/**
 * Throws `forbidden` unless a request that changes something in a session comes from a page of this origin: the browser says so
 * (Fetch Metadata; `Origin` where it does not speak that), and it has a header that no other site can send without having
 * asked, which is never granted.
 */
export function assertOwnPage(header: HeaderOf, origin: string): void {
  const site = header('sec-fetch-site')
  const isOwn = site === undefined ? header('origin') === origin : site === 'same-origin'
  if (isOwn && header('x-rollcall-console') === '1') return
  throw new DirectoryError(
    'forbidden',
    'A session changes things only for pages of this server, which send X-Rollcall-Console: 1; elsewhere use a token.',
    { reason: 'cross_site' },
  )
}

/** Throws `forbidden` for a request without a session that a browser says another site has made it send. */
export function assertNoOtherSite(header: HeaderOf, origin: string): void {
  const site = header('sec-fetch-site')
  const sender = header('origin')
  const isOther = site === undefined ? sender !== undefined && sender !== origin : site !== 'same-origin'
  if (!isOther) return
  throw new DirectoryError('forbidden', 'People sign in on pages of this server only.', { reason: 'cross_site' })
}
