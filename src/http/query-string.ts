import { invalid } from '../core/error.ts'
import { isTokenSecret } from '../core/token.ts'
import type { QueryPair } from '../dialects/dialect.ts'

/**
 * The parameters of a query in the order sent, percent-decoded as strict UTF-8, `+` as a space. Throws `invalid` for
 * malformed encoding, for more than `countMax` parameters, and for a token among them: URLs end up in logs.
 */
export function parseQuery(query: string, countMax: number): readonly QueryPair[] {
  if (query === '') return []
  const pairs: QueryPair[] = []
  let start = 0
  while (start <= query.length) {
    const ampersand = query.indexOf('&', start)
    const end = ampersand < 0 ? query.length : ampersand
    if (end > start) {
      if (pairs.length === countMax) {
        const allowed = `at most ${countMax} parameters`
        throw invalid('range', `The query must have ${allowed}.`, { in: 'query', allowed })
      }
      pairs.push(parsePair(query, start, end))
    }
    start = end + 1
  }
  return pairs
}

function parsePair(query: string, start: number, end: number): QueryPair {
  const equals = query.indexOf('=', start)
  const split = equals < 0 || equals > end ? end : equals
  const name = decode(query.slice(start, split), start)
  const value = split === end ? '' : decode(query.slice(split + 1, end), split + 1, name)
  // RFC 6750 §5.3: a bearer token in a page URL is a token given away.
  if (name === 'access_token' || isTokenSecret(value)) {
    throw invalid('unknown', 'Tokens are taken only from the Authorization header, never from the query.', {
      in: 'query',
      allowed: 'Authorization: Bearer <token>',
    })
  }
  return [name, value]
}

const ENCODED = /[%+]/
const URL_CHARACTERS = /^[\x21-\x7e]*$/

function decode(text: string, offset: number, name?: string): string {
  const isPlain = URL_CHARACTERS.test(text)
  if (isPlain && !ENCODED.test(text)) return text
  try {
    if (isPlain) return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    // Refused below, like characters that should have been encoded.
  }
  throw invalid('syntax', 'The query is not well-formed percent-encoded UTF-8.', {
    in: 'query',
    ...(name === undefined ? {} : { name }),
    position: offset,
    allowed: 'percent-encoded UTF-8',
  })
}
