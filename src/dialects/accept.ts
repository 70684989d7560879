import { DirectoryError } from '../core/error.ts'

/**
 * Throws `invalid` with reason `not_acceptable` unless an `Accept` header (RFC 9110 §12.5.1) allows the media type.
 * Without the header anything goes; the most specific range decides, and `q=0` means no.
 */
export function assertAcceptable(accept: string | undefined, mediaType: string): void {
  if (accept === undefined || accept === '*/*' || accept === mediaType || allows(accept, mediaType)) return
  throw new DirectoryError('invalid', `Answers come as ${mediaType} only.`, {
    reason: 'not_acceptable',
    where: { in: 'header', name: 'Accept', allowed: [mediaType] },
  })
}

function allows(accept: string, mediaType: string): boolean {
  // From the least to the most specific: what is said last holds.
  const ranges = ['*/*', `${mediaType.slice(0, mediaType.indexOf('/'))}/*`, mediaType]
  let rank = -1
  let allowed = accept.trim() === ''
  for (const part of accept.split(',')) {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    const at = ranges.indexOf(range)
    if (at < rank || at < 0) continue
    rank = at
    allowed = !parameters.some((parameter) => /^q\s*=\s*0(\.0{0,3})?$/.test(parameter))
  }
  return allowed
}
