import { DirectoryError, invalid } from '../core/error.ts'
import type { Body } from './dialect.ts'
import { excerpt } from './parameter.ts'
import { repeatedMember } from './repeated-member.ts'
import type { Shape } from './shape.ts'

/** How a dialect takes JSON bodies. */
export interface JsonBodyRules {
  /** Media types besides `application/json`. */
  readonly mediaTypes?: readonly string[]
  /** What an absent body stands for; without it a body is required. */
  readonly absent?: unknown
  /** Whether a body without Content-Type is read as JSON. */
  readonly untyped?: boolean
}

/** The body of a request in a shape. Throws `invalid` with the member's path, or with reason `media_type` or `syntax`. */
export function readJson<T>(body: Body | null, shape: Shape<T>, rules: JsonBodyRules = {}): T {
  return shape.read(parseJson(body, rules), '')
}

/** The body of a request as a JSON value, in which no object has a member twice. */
export function parseJson(body: Body | null, rules: JsonBodyRules = {}): unknown {
  const mediaTypes = ['application/json', ...(rules.mediaTypes ?? [])]
  if (body === null) {
    if ('absent' in rules) return rules.absent
    throw invalid('missing', 'A JSON body is required.', { in: 'body', allowed: mediaTypes })
  }
  const accepted = body.mediaType === null ? (rules.untyped ?? false) : mediaTypes.includes(body.mediaType)
  if (!accepted) {
    throw new DirectoryError('invalid', `Content-Type must be ${mediaTypes.join(' or ')}.`, {
      reason: 'media_type',
      where: { in: 'header', name: 'Content-Type', allowed: mediaTypes },
    })
  }
  const value = parsed(body.text)
  const repeated = repeatedMember(body.text)
  if (repeated !== undefined) {
    const name = excerpt(repeated)
    throw invalid('range', `${name} may be sent only once.`, { in: 'body', name, allowed: 'one value' })
  }
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw invalid('syntax', `The body is not well-formed JSON${placeOf(error)}.`, {
      in: 'body',
      allowed: 'one JSON value',
    })
  }
}

// V8 says where it stopped, beside an excerpt of the body that has no place in an answer or a log.
function placeOf(error: unknown): string {
  const place = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined
  return place === undefined ? '' : ` (at offset ${place})`
}
