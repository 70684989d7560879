import { memberPath } from '../core/member-path.ts'

interface Place {
  /** The names an object has had so far; null for a list. */
  readonly names: Set<string> | null
  /** The member or the index it stands at. */
  at: string | number
}

// In a well-formed text these are all that matters; whatever stands between them is a number, a literal or blank.
const TOKEN = /["{}[\],:]/g
const QUOTE_OR_ESCAPE = /["\\]/g

/**
 * The dotted path of the first member that stands in its object twice, undefined where there is none. The text must be
 * well-formed JSON. Which of the two holds is nowhere said (RFC 8259 §4), so that two readers may take one text for two.
 */
export function repeatedMember(text: string): string | undefined {
  const places: Place[] = []
  let isName = false
  for (const token of tokensOf(text)) {
    const place = places.at(-1)
    if (token === '{' || token === '[') {
      places.push(token === '{' ? { names: new Set(), at: '' } : { names: null, at: 0 })
      isName = token === '{'
    } else if (token === '}' || token === ']') {
      places.pop()
    } else if (token === ',') {
      if (typeof place?.at === 'number') place.at += 1
      isName = place?.names != null
    } else if (token === ':') {
      isName = false
    } else if (isName && place?.names) {
      const name = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1)
      place.at = name
      if (place.names.has(name))
        return places.map(({ at }) => String(at)).reduce((path, name) => memberPath(path, name), '')
      place.names.add(name)
    }
  }
  return undefined
}

// String by string: one pattern for a whole string would need a stack as deep as the string is long.
function* tokensOf(text: string): Generator<string> {
  const token = new RegExp(TOKEN)
  const stop = new RegExp(QUOTE_OR_ESCAPE)
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '"') {
      stop.lastIndex = token.lastIndex
      // Whatever is escaped does not end the string.
      while (stop.exec(text)?.[0] === '\\') stop.lastIndex += 1
      token.lastIndex = stop.lastIndex
    }
    yield text.slice(found.index, token.lastIndex)
  }
}
