import type { Json } from '../../core/user.ts'

// What a spreadsheet may take for a formula. Their full-width forms are normalised by some.
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/**
 * A member of a user as one cell of CSV, so that an import reads back the same value: nothing for what is absent, lists with
 * semicolons between their entries where none of these needs more, texts that would not survive and everything else as JSON.
 */
export function csvCell(value: Json | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value)
  if (!Array.isArray(value)) return typeof value === 'object' && isEmpty(value) ? '' : JSON.stringify(value)
  const items = value as readonly string[]
  return isSimple(items) ? items.join(';') : JSON.stringify(items)
}

// An import passes over what is blank, trims words, and takes a text in quotes of its own for JSON.
function isPlain(text: string): boolean {
  return text !== '' && text.trim() === text && !(text.startsWith('"') && text.endsWith('"'))
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0
}

// As JSON, a list is no formula either.
function isSimple(items: readonly string[]): boolean {
  if (new Set(items).size < items.length) return false
  return items.every((item) => item !== '' && item.trim() === item && !/[,;|\n["]/.test(item) && !FORMULA.test(item))
}
