import { fieldNamed } from '../../../directory/user-fields.ts'
import type { Comparison, Filter, FilterValue } from './filter.ts'

/** What is wrong with a filter text, and where: UTF-16 units from its start. */
export class FilterFault extends Error {
  override readonly name = 'FilterFault'
  readonly position: number

  constructor(sentence: string, position: number) {
    super(sentence)
    this.position = position
  }
}

interface Token {
  readonly kind: 'word' | 'text' | '(' | ')' | ',' | 'end'
  readonly text: string
  readonly at: number
}

const TOKEN = /\s*(?:([(),])|"((?:[^"\\]|\\.)*)"|([^\s(),"]+))/suy
const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const DEPTH_MAX = 32

/**
 * Reads the filter grammar of /v1 (RFC 7644 §3.4.2.2 without value paths, and `in`), so that an address that somebody wrote
 * or saved becomes chips. Undefined for an empty text. Throws FilterFault.
 */
export function filterFrom(text: string): Filter | undefined {
  const tokens = tokensOf(text)
  if (tokens[0]?.kind === 'end') return undefined
  const reader = { tokens, next: 0, depth: 0 }
  const filter = readChain(reader, 'or')
  const rest = peek(reader)
  if (rest.kind !== 'end') throw new FilterFault('Expected and, or, or the end of the filter.', rest.at)
  return filter
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  let at = 0
  while (text.slice(at).trim() !== '') {
    const found = TOKEN.exec(text)
    if (found === null) throw new FilterFault('This text has no closing quote.', text.indexOf('"', at))
    const [, mark, quoted, word = ''] = found
    const start = TOKEN.lastIndex - (mark ?? (quoted === undefined ? word : `"${quoted}"`)).length
    if (quoted !== undefined) tokens.push({ kind: 'text', text: unquoted(quoted, start), at: start })
    else if (mark !== undefined) tokens.push({ kind: mark as '(' | ')' | ',', text: mark, at: start })
    else tokens.push({ kind: 'word', text: word, at: start })
    at = TOKEN.lastIndex
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}

function unquoted(inner: string, at: number): string {
  try {
    return JSON.parse(`"${inner}"`) as string
  } catch {
    throw new FilterFault('This text is not a JSON string.', at)
  }
}

interface Reader {
  readonly tokens: readonly Token[]
  next: number
  depth: number
}

function peek({ tokens, next }: Reader): Token {
  return tokens[next] ?? { kind: 'end', text: '', at: 0 }
}

function take(reader: Reader): Token {
  const token = peek(reader)
  reader.next += 1
  return token
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word
}

function readChain(reader: Reader, kind: 'and' | 'or'): Filter {
  const readPart = () => (kind === 'or' ? readChain(reader, 'and') : readOne(reader))
  const first = readPart()
  if (!isWord(peek(reader), kind)) return first
  const of = [first]
  while (isWord(peek(reader), kind)) {
    take(reader)
    of.push(readPart())
  }
  return { kind, of }
}

function readOne(reader: Reader): Filter {
  const token = take(reader)
  if (token.kind === '(') return readGroup(reader, token)
  if (token.kind !== 'word') throw new FilterFault('Expected a field, not, or (.', token.at)
  if (isWord(token, 'not')) return { kind: 'not', of: readGroup(reader, take(reader)) }
  return readCondition(reader, token)
}

function readGroup(reader: Reader, open: Token): Filter {
  if (open.kind !== '(') throw new FilterFault('Expected (.', open.at)
  reader.depth += 1
  if (reader.depth > DEPTH_MAX) throw new FilterFault(`A filter is nested at most ${DEPTH_MAX} deep.`, open.at)
  const filter = readChain(reader, 'or')
  const close = take(reader)
  if (close.kind !== ')') throw new FilterFault('Expected and, or, or ).', close.at)
  reader.depth -= 1
  return filter
}

function readCondition(reader: Reader, { text, at }: Token): Filter {
  const field = fieldNamed(text)
  if (field === undefined) throw new FilterFault(`There is no field ${text}.`, at)
  const operator = take(reader)
  const op = operator.kind === 'word' ? operator.text.toLowerCase() : ''
  if (op === 'pr') return { kind: 'present', field }
  if (op === 'in') return { kind: 'in', field, values: readValues(reader) }
  if (!COMPARISONS.has(op)) throw new FilterFault(`Expected ${[...COMPARISONS, 'in', 'pr'].join(', ')}.`, operator.at)
  return { kind: 'compare', field, op: op as Comparison, value: readValue(reader) }
}

function readValues(reader: Reader): readonly FilterValue[] {
  const open = take(reader)
  if (open.kind !== '(') throw new FilterFault('Expected ( before the values of in.', open.at)
  const values = [readValue(reader)]
  while (peek(reader).kind === ',') {
    take(reader)
    values.push(readValue(reader))
  }
  const close = take(reader)
  if (close.kind !== ')') throw new FilterFault('Expected , or ).', close.at)
  return values
}

function readValue(reader: Reader): FilterValue {
  const { kind, text, at } = take(reader)
  if (kind === 'text') return text
  const word = text.toLowerCase()
  if (kind === 'word' && word === 'null') return null
  if (kind === 'word' && (word === 'true' || word === 'false')) return word === 'true'
  if (kind === 'word' && NUMBER.test(text)) return Number(text)
  throw new FilterFault('Expected a text in double quotes, a number, true, false or null.', at)
}
