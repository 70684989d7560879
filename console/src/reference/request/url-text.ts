/** A query as it stands in a URL, with its question mark; empty where there is nothing. */
export function queryText(pairs: readonly { readonly name: string; readonly value: string }[]): string {
  const written = pairs.filter(({ name }) => name !== '').map(({ name, value }) => `${encode(name)}=${encode(value)}`)
  return written.length === 0 ? '' : `?${written.join('&')}`
}

/** The pairs of a query as a server reads them. What is not well encoded stays as it is written. */
export function queryPairs(query: string): readonly { readonly name: string; readonly value: string }[] {
  return query
    .replace(/^\?/, '')
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const [name = '', ...rest] = piece.replaceAll('+', ' ').split('=')
      return { name: decode(name), value: decode(rest.join('=')) }
    })
}

/** A path's template with its values; a name without one stays. */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (written, name: string) => {
    const value = values[name] ?? ''
    return value === ''
      ? written
      : encode(value)
          .replaceAll('/', '%2F')
          .replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'))
  })
}

/** Percent-decoded; as it is where it is not well encoded. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// What a query may have as it is (RFC 3986 §3.4) is left readable; brackets and quotes are not, for curl and shells.
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/%(?:3A|2C|40|2F)/g, decodeURIComponent)
    .replaceAll("'", '%27')
}
