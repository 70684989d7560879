import { FIELDS, fieldNamed, kindOf, METADATA } from '../../../directory/user-fields.ts'
import { piecesOf, quoted, type Piece } from './typed-query.ts'

/** What may be meant by what is being typed: the text that takes the place of the piece under the caret. */
export interface Suggestion {
  readonly text: string
  readonly about: string
  /** A value is whole; a field still wants one. */
  readonly isWhole: boolean
}

/** A customer as it is suggested: by its name, for its number. */
export interface SuggestedCustomer {
  readonly id: number
  readonly name: string
}

const SHOWN_MAX = 8

/** The piece of a text in which the caret is. */
export function pieceAt(text: string, caret: number): Piece | undefined {
  return piecesOf(text).find(({ start, end }) => start < caret && caret <= end)
}

/** What the piece under the caret may become: a field, or one of its values. Nothing where there is no piece. */
export function suggestionsFor(
  piece: Piece | undefined,
  customers: readonly SuggestedCustomer[],
  mayReadMetadata: boolean,
): readonly Suggestion[] {
  if (piece === undefined) return []
  const minus = piece.text.startsWith('-') ? '-' : ''
  const word = piece.text.slice(minus.length)
  const colon = word.indexOf(':')
  if (colon < 0) return fieldSuggestions(word, minus, mayReadMetadata)
  const name = word.slice(0, colon)
  const head = `${minus}${name}:`
  return valueSuggestions(head, name, word.slice(colon + 1), customers)
}

function fieldSuggestions(word: string, minus: string, mayReadMetadata: boolean): readonly Suggestion[] {
  const lower = word.toLowerCase()
  if (lower.length === 0 || word.startsWith('"')) return []
  const fields = [...FIELDS.values()].filter(({ name }) => mayReadMetadata || !METADATA.has(name))
  const starting = fields.filter(
    ({ name, label }) => name.toLowerCase().startsWith(lower) || label.toLowerCase().startsWith(lower),
  )
  return starting.slice(0, SHOWN_MAX).map(({ name, label, kind }) => ({
    text: `${minus}${name}${kind === 'map' ? '.' : ':'}`,
    about: label,
    isWhole: false,
  }))
}

function valueSuggestions(
  head: string,
  name: string,
  value: string,
  customers: readonly SuggestedCustomer[],
): readonly Suggestion[] {
  const lower = name.toLowerCase()
  const fields = [...FIELDS.values()].filter(({ kind }) => kind !== 'map')
  if (lower === 'has' || lower === 'no') {
    return fields
      .filter((field) => field.isNullable && field.name.toLowerCase().startsWith(value.toLowerCase()))
      .slice(0, SHOWN_MAX)
      .map((field) => ({ text: head + field.name, about: field.label, isWhole: true }))
  }
  const field = fieldNamed(name)
  if (field === undefined) return []
  // Several values may be asked for with commas between; the last one is being typed.
  const comma = value.lastIndexOf(',') + 1
  const [said, typed] = [value.slice(0, comma), value.slice(comma).toLowerCase()]
  if (field === 'customerId') {
    return customers
      .filter(({ id, name: called }) => String(id).startsWith(typed) || called.toLowerCase().includes(typed))
      .slice(0, SHOWN_MAX)
      .map(({ id, name: called }) => ({ text: `${head}${said}${id}`, about: called, isWhole: true }))
  }
  if (kindOf(field) !== 'word') return []
  return (FIELDS.get(field)?.values ?? [])
    .filter((one) => one.startsWith(typed) && one !== typed)
    .map((one) => ({ text: head + said + quoted(one), about: FIELDS.get(field)?.label ?? field, isWhole: true }))
}

/** The whole text with a piece replaced, and where the caret goes. */
export function withSuggestion(text: string, piece: Piece, { text: next, isWhole }: Suggestion) {
  const before = text.slice(0, piece.start) + next + (isWhole ? ' ' : '')
  const after = text.slice(piece.end)
  return { text: before + (isWhole ? after.trimStart() : after), caret: before.length }
}
