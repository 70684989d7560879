import { invalid, type DirectoryError, type ErrorReason, type Where } from '../core/error.ts'
import { isStorable } from '../core/text.ts'

/** One piece of a filter text. A `string` holds its meaning, a `word` its letters, and `at` where it begins. */
export interface Token {
  readonly kind: 'word' | 'string' | '(' | ')' | ',' | 'end'
  readonly text: string
  /** UTF-16 units from the start of the filter. */
  readonly at: number
}

/** Where a filter text came from, for the errors about it. */
export type FilterSource = Pick<Where, 'in' | 'name'>

/** An error about a place in a filter text. */
export function filterFault(
  reason: ErrorReason,
  message: string,
  source: FilterSource,
  position: number,
  more: Pick<Where, 'allowed' | 'value'> = {},
): DirectoryError {
  return invalid(reason, message, { ...source, position, ...more })
}

/**
 * Cuts a filter text into words, JSON strings (RFC 8259 §7), parentheses and commas; the last token is `end`. Every
 * character is looked at a fixed number of times. Throws `invalid` with the position where no token begins.
 */
export function tokens(text: string, source: FilterSource): readonly Token[] {
  const found: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text.charAt(at)
    if (SPACE.includes(char)) {
      at += 1
    } else if (char === '(' || char === ')' || char === ',') {
      found.push({ kind: char, text: char, at })
      at += 1
    } else {
      const end = char === '"' ? endOfString(text, at, source) : endOfWord(text, at, source)
      const token = text.slice(at, end)
      found.push(
        char === '"'
          ? { kind: 'string', text: decoded(token, at, source), at }
          : { kind: 'word', text: storable(token, at, source), at },
      )
      at = end
    }
  }
  found.push({ kind: 'end', text: '', at })
  return found
}

const SPACE = ' \t\r\n'
const DELIMITERS = `${SPACE}(),"`

function endOfWord(text: string, start: number, source: FilterSource): number {
  let end = start
  while (end < text.length && !DELIMITERS.includes(text.charAt(end))) {
    if (text.charAt(end) === '[' || text.charAt(end) === ']') {
      throw filterFault('syntax', 'Value paths in brackets are not part of this grammar.', source, end)
    }
    end += 1
  }
  return end
}

function endOfString(text: string, start: number, source: FilterSource): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '"') return at + 1
    // Whatever is escaped does not end the string.
    if (char === '\\') at += 1
  }
  throw filterFault('syntax', 'This text has no closing quote.', source, start, { allowed: ['"'] })
}

function decoded(literal: string, at: number, source: FilterSource): string {
  let value: string
  try {
    value = JSON.parse(literal) as string
  } catch {
    const allowed = 'a JSON string: control characters, quotes and backslashes are escaped with a backslash'
    throw filterFault('syntax', 'This text is not a JSON string.', source, at, { allowed })
  }
  return storable(value, at, source)
}

function storable(value: string, at: number, source: FilterSource): string {
  if (isStorable(value)) return value
  throw filterFault('text', 'A text must not contain NUL or lone surrogates.', source, at)
}
