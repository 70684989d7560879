/** A map as lines of `name: value`; in quotes, as JSON has them, where a line would not hold them as they are. */
export function entriesText(entries: Readonly<Record<string, string>>): string {
  const written = (text: string) => (isPlain(text) ? text : JSON.stringify(text))
  return Object.entries(entries)
    .map(([name, entry]) => `${written(name)}: ${written(entry)}`)
    .join('\n')
}

// What a line holds as it is: neither line breaks nor colons that part it, no edges that would be trimmed.
function isPlain(text: string): boolean {
  return text !== '' && text === text.trim() && !/["\n\r\u2028\u2029:]/u.test(text)
}

/** Reads such lines. Throws an Error with a sentence about the line that is none. */
export function entriesFrom(text: string): Readonly<Record<string, string>> {
  const entries = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const found = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^":]+?))\s*:\s*(?:("(?:[^"\\]|\\.)*")|(.*?))\s*$/u.exec(line)
    if (found === null) throw new Error(`“${line.trim()}” is not name: value.`)
    const [, quotedName, name = '', quotedValue, value = ''] = found
    const key = quotedName === undefined ? name : (JSON.parse(`"${quotedName}"`) as string)
    if (entries.has(key)) throw new Error(`${key} stands there twice.`)
    entries.set(key, quotedValue === undefined ? value : (JSON.parse(quotedValue) as string))
  }
  return Object.fromEntries(entries)
}
