import { FIELDS, fieldNamed, kindOf } from '../../../directory/user-fields.ts'
import type { Condition, Filter } from '../filter/filter.ts'
import { conditionTyped } from './typed-condition.ts'

/** What the search box says: words to search for, questions about fields, patterns /v1 takes by themselves, and what is wrong. */
export interface Typed {
  readonly search: string
  readonly filters: readonly Filter[]
  /** Patterns with `*` inside, by field: `familyName=M*ll*r`. */
  readonly patterns: Readonly<Record<string, string>>
  readonly fault: string | null
}

/** A piece of what is typed, with where it stands, so that a suggestion can take its place. */
export interface Piece {
  readonly text: string
  readonly start: number
  readonly end: number
}

// A word, in which quotes keep spaces together: `name:"Ada L"`. An open quote goes on to the end.
const PIECE = /(?:"(?:[^"\\]|\\.)*(?:"|$)|[^\s"])+/gsu

/** The pieces that blanks part, but for those in quotes, in order. */
export function piecesOf(text: string): readonly Piece[] {
  return Array.from(text.matchAll(PIECE), (found) => ({
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }))
}

const FIELD = /^(-?)([A-Za-z][\w.-]*):(.*)$/su
const WORDS_MAX = 16
const SEARCH_MAX = 256

/** Reads the search box. A fault is a sentence to be shown; what is understood besides is still told. */
export function readTyped(text: string): Typed {
  const words: string[] = []
  const filters: Filter[] = []
  const patterns = new Map<string, string>()
  let fault: string | null = null
  let isNegated = false
  for (const piece of piecesOf(text)) {
    const found = FIELD.exec(piece.text)
    if (found === null) {
      if (isNegated) words.push('not')
      isNegated = piece.text.toLowerCase() === 'not'
      if (!isNegated) words.push(unquoted(piece.text))
      continue
    }
    const [, minus, name = '', value = ''] = found
    const isNot = (minus === '-') !== isNegated
    isNegated = false
    const read = readField(name, value)
    if (read.kind === 'fault') fault ??= read.sentence
    else if (read.kind === 'filter') filters.push(isNot ? { kind: 'not', of: read.filter } : read.filter)
    else if (isNot) fault ??= `A pattern such as ${read.pattern} cannot be left out. Use one * at the start or the end.`
    else if (patterns.has(read.field)) fault ??= `Only one pattern for ${read.field} can have a * inside.`
    else patterns.set(read.field, read.pattern)
  }
  if (isNegated) words.push('not')
  const search = words.filter((word) => /[\p{L}\p{N}]/u.test(word)).join(' ')
  if (search.length > SEARCH_MAX) fault ??= `A search has at most ${SEARCH_MAX} characters.`
  if (search.split(/\s+/u).length > WORDS_MAX) fault ??= `A search has at most ${WORDS_MAX} words.`
  return { search, filters, patterns: Object.fromEntries(patterns), fault }
}

type Read =
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'pattern'; readonly field: string; readonly pattern: string }
  | { readonly kind: 'fault'; readonly sentence: string }

function readField(name: string, value: string): Read {
  const lower = name.toLowerCase()
  if (lower === 'has' || lower === 'no') {
    const field = fieldNamed(unquoted(value))
    if (field === undefined) return faulty(unknownField(unquoted(value)))
    const present: Condition = { kind: 'present', field }
    return { kind: 'filter', filter: lower === 'has' ? present : { kind: 'compare', field, op: 'eq', value: null } }
  }
  const field = fieldNamed(name)
  if (field === undefined) return faulty(unknownField(name))
  if (value === '' || value === '""') return faulty(`${name}: needs a value, such as ${name}:${exampleOf(field)}.`)
  const condition = conditionTyped(field, value)
  if (typeof condition === 'string') return faulty(condition)
  return condition.kind === 'pattern' ? condition : { kind: 'filter', filter: condition }
}

function faulty(sentence: string): Read {
  return { kind: 'fault', sentence }
}

function unknownField(name: string): string {
  if (name === '') return 'has: and no: need a field, such as has:email.'
  const lower = name.toLowerCase()
  if (lower === 'tags' || lower === 'attributes') return `${lower} are asked by name, such as ${lower}.team:red.`
  const near = [...FIELDS.keys()].find(
    (one) => one.toLowerCase().startsWith(lower.slice(0, 3)) || one.toLowerCase().includes(lower),
  )
  const hint = near === undefined ? '' : ` Did you mean ${near}?`
  return `There is no field ${name}.${hint} To search for a text with a colon, put it in quotes.`
}

function exampleOf(field: string): string {
  switch (kindOf(field)) {
    case 'instant':
      return '>=2026-01-31'
    case 'integer':
      return '1234'
    case 'word':
      return FIELDS.get(field)?.values?.[0] ?? ''
    default:
      return 'M*'
  }
}

/** What quotes around a text, or a part of it, stand for. */
function unquoted(text: string): string {
  return text.replace(/"((?:[^"\\]|\\.)*)(?:"|$)/gsu, (_, inner: string) => inner.replace(/\\(.)/gsu, '$1'))
}

/** A text as it can stand behind `field:`: in quotes where it would be read as something else. */
export function quoted(text: string): string {
  return /^[^\s",*<>\\]+$/u.test(text) && !text.includes('..') ? text : `"${text.replace(/["\\]/gu, '\\$&')}"`
}
