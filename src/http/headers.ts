import type { Answer } from '../dialects/dialect.ts'

/** Headers as Node takes them fastest: name, value, name, value. */
export type FlatHeaders = string[]

/** What an answer may load that is data: nothing, wherever a browser shows it. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

/** What a page of this server may load: its own files, and nothing written into it. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What every answer carries (OWASP REST security, ASVS 13), with what it may load where a browser shows it. */
export function securityHeaders(publicUrl: string | null, policy: string): FlatHeaders {
  const headers = [
    'X-Content-Type-Options', 'nosniff',
    'Content-Security-Policy', policy,
    'Referrer-Policy', 'no-referrer',
    'Cross-Origin-Resource-Policy', 'same-origin',
    'Cross-Origin-Opener-Policy', 'same-origin',
  ] // prettier-ignore
  if (publicUrl?.startsWith('https:')) headers.push('Strict-Transport-Security', 'max-age=31536000')
  return headers
}

const VARY = 'Authorization, Accept'
/** Kept by the caller itself, and asked about at every use. */
const REVALIDATED = 'private, no-cache'
const NEVER_KEPT = 'private, no-store'

/** An answer's own headers with the ones that depend on it: Vary, Cache-Control and ETag. */
export function answerHeaders(answer: Answer, etag: string | undefined): FlatHeaders {
  const flat: FlatHeaders = []
  let vary = VARY
  let hasCacheControl = false
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    const lowerCase = name.toLowerCase()
    if (lowerCase === 'vary') vary = `${VARY}, ${value}`
    else if (lowerCase !== 'etag') flat.push(name, value)
    if (lowerCase === 'cache-control') hasCacheControl = true
  }
  flat.push('Vary', vary)
  if (!hasCacheControl) flat.push('Cache-Control', etag === undefined ? NEVER_KEPT : REVALIDATED)
  if (etag !== undefined) flat.push('ETag', etag)
  return flat
}

const CONTENT = /^content-(type|encoding|language|location|range)$/i

/** The headers that stay when an answer is cut to 304 (RFC 9110 §15.4.5). */
export function withoutContent(headers: readonly string[]): FlatHeaders {
  return headers.filter((_, index) => !CONTENT.test(headers[index - (index % 2)] ?? ''))
}

/** A header of an answer by its lower-case name, however the dialect writes it. */
export function headerOf(answer: Answer, name: string): string | undefined {
  if (answer.headers === undefined) return undefined
  for (const written of Object.keys(answer.headers)) {
    if (written.toLowerCase() === name) return answer.headers[written]
  }
  return undefined
}
