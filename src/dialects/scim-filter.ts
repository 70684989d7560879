import { invalid, type DirectoryError } from '../core/error.ts'
import { FILTER_DEPTH_MAX, FILTER_NODES_MAX, FILTER_TEXT_MAX, FILTER_VALUES_MAX } from '../core/limits.ts'
import { filterFault, tokens, type FilterSource, type Token } from './scim-token.ts'

/** The comparisons of RFC 7644 §3.4.2.2, table 3, without `pr`. */
export const SCIM_OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
/** One of these comparisons. */
export type ScimOperator = (typeof SCIM_OPERATORS)[number]

/** An attribute as it was written, and where: `userName` at 0. What it stands for is the dialect's to say. */
export interface ScimPath {
  readonly text: string
  readonly at: number
}

/** A JSON scalar as it was written, and where. */
export interface ScimValue {
  readonly value: string | number | boolean | null
  readonly at: number
}

/** A filter text, understood as far as its grammar goes. `at` counts UTF-16 units from the start of the text. */
export type ScimFilter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly ScimFilter[] }
  | { readonly kind: 'not'; readonly of: ScimFilter }
  | { readonly kind: 'present'; readonly path: ScimPath }
  | {
      readonly kind: 'compare'
      readonly path: ScimPath
      readonly op: ScimOperator
      readonly opAt: number
      readonly value: ScimValue
    }
  | { readonly kind: 'in'; readonly path: ScimPath; readonly values: readonly ScimValue[] }

/**
 * Parses the filter grammar of RFC 7644 §3.4.2.2, in which `not` binds tighter than `and`, and `and` tighter than `or`,
 * together with one operator of our own, `in ("a", "b")`. Operators and literals are read without regard to letter case.
 * Value paths in brackets are not part of it. The work is linear in the length of the text. Throws `invalid` with the
 * position of the fault, and nothing else.
 */
export function parseScimFilter(text: string, source: FilterSource): ScimFilter {
  if (text.length > FILTER_TEXT_MAX) {
    const allowed = `at most ${FILTER_TEXT_MAX} characters`
    throw invalid('range', `A filter has ${allowed}.`, { ...source, allowed })
  }
  const reading: Reading = { tokens: tokens(text, source), next: 0, depth: 0, nodes: 0, source }
  const filter = parseOr(reading)
  const rest = peek(reading)
  if (rest.kind !== 'end') throw unexpected(reading, rest, ['and', 'or', 'the end of the filter'])
  return filter
}

interface Reading {
  readonly tokens: readonly Token[]
  readonly source: FilterSource
  next: number
  depth: number
  nodes: number
}

function parseOr(reading: Reading): ScimFilter {
  return parseChain(reading, 'or', () => parseChain(reading, 'and', () => parseOne(reading)))
}

function parseChain(reading: Reading, kind: 'and' | 'or', parsePart: () => ScimFilter): ScimFilter {
  const first = parsePart()
  if (!isWord(peek(reading), kind)) return first
  const of = [first]
  while (isWord(peek(reading), kind)) {
    reading.next += 1
    of.push(parsePart())
  }
  return { kind, of }
}

function parseOne(reading: Reading): ScimFilter {
  const token = peek(reading)
  reading.nodes += 1
  if (reading.nodes > FILTER_NODES_MAX) {
    throw filterFault('range', `A filter has at most ${FILTER_NODES_MAX} conditions.`, reading.source, token.at)
  }
  if (token.kind === '(') return parseGroup(reading)
  if (token.kind !== 'word') throw unexpected(reading, token, ['a field', 'not', '('])
  reading.next += 1
  return isWord(token, 'not') ? { kind: 'not', of: parseGroup(reading) } : parseCondition(reading, token)
}

function parseGroup(reading: Reading): ScimFilter {
  const open = peek(reading)
  take(reading, '(', ['('])
  reading.depth += 1
  if (reading.depth > FILTER_DEPTH_MAX) {
    throw filterFault('range', `A filter is nested at most ${FILTER_DEPTH_MAX} deep.`, reading.source, open.at)
  }
  const filter = parseOr(reading)
  take(reading, ')', ['and', 'or', ')'])
  reading.depth -= 1
  return filter
}

const CONDITIONS = [...SCIM_OPERATORS, 'pr', 'in']

function parseCondition(reading: Reading, { text, at }: Token): ScimFilter {
  const path = { text, at }
  const token = peek(reading)
  if (token.kind !== 'word') throw unexpected(reading, token, CONDITIONS)
  const written = token.text.toLowerCase()
  if (!CONDITIONS.includes(written)) throw unexpected(reading, token, CONDITIONS)
  reading.next += 1
  if (written === 'pr') return { kind: 'present', path }
  if (written === 'in') return { kind: 'in', path, values: parseValues(reading) }
  return { kind: 'compare', path, op: written as ScimOperator, opAt: token.at, value: parseValue(reading) }
}

function parseValues(reading: Reading): readonly ScimValue[] {
  take(reading, '(', ['( before the values of in'])
  const values = [parseValue(reading)]
  while (peek(reading).kind === ',') {
    reading.next += 1
    if (values.length === FILTER_VALUES_MAX) {
      const { at } = peek(reading)
      throw filterFault('range', `in takes at most ${FILTER_VALUES_MAX} values.`, reading.source, at)
    }
    values.push(parseValue(reading))
  }
  take(reading, ')', [',', ')'])
  return values
}

const LITERALS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function parseValue(reading: Reading): ScimValue {
  const token = peek(reading)
  const { at } = token
  if (token.kind === 'string') {
    reading.next += 1
    return { value: token.text, at }
  }
  if (token.kind === 'word') {
    const literal = LITERALS.get(token.text.toLowerCase())
    const value = literal === undefined && NUMBER.test(token.text) ? Number(token.text) : literal
    if (value !== undefined) {
      reading.next += 1
      return { value, at }
    }
  }
  throw unexpected(reading, token, ['a text in double quotes', 'a number', 'true', 'false', 'null'])
}

function peek({ tokens, next }: Reading): Token {
  // The list ends with an `end`, behind which nothing is read.
  return tokens[next] ?? { kind: 'end', text: '', at: 0 }
}

function take(reading: Reading, kind: Token['kind'], allowed: readonly string[]): void {
  const token = peek(reading)
  if (token.kind !== kind) throw unexpected(reading, token, allowed)
  reading.next += 1
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.length === word.length && token.text.toLowerCase() === word
}

function unexpected({ source }: Reading, token: Token, allowed: readonly string[]): DirectoryError {
  const found = token.kind === 'end' ? 'The filter ends too early' : 'The filter cannot be read here'
  return filterFault('syntax', `${found}: expected ${allowed.join(', ')}.`, source, token.at, { allowed })
}
