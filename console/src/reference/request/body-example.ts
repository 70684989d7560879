import type { BodyFormat } from '../document/document.ts'
import { queryText } from './url-text.ts'

/** The example of a body as it would be typed: JSON on several lines, or a form. */
export function bodyExample({ mediaType, example }: BodyFormat): string {
  if (mediaType === 'application/x-www-form-urlencoded' && typeof example === 'object' && example !== null) {
    const pairs = Object.entries(example).map(([name, value]) => ({ name, value: String(value) }))
    return queryText(pairs).slice(1)
  }
  if (typeof example === 'string' && !mediaType.endsWith('json')) return example
  return example === undefined ? '' : JSON.stringify(example, null, 2)
}
