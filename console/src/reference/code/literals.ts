/** A text in single quotes, with backslashes before quotes and backslashes only: PHP and Ruby. */
export function singleQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

/** A text in double quotes with escapes that JavaScript, Python, Java and Go read alike. */
export function doubleQuoted(text: string): string {
  // JSON leaves these as they are, and some languages end a line there.
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, unicodeEscape)
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * The JSON value of a body, where writing it again gives the same body but for blanks: then code may show the value instead of
 * its text. Undefined otherwise.
 */
export function valueOf(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    const isSame = [JSON.stringify(value), JSON.stringify(value, null, 2)].includes(body)
    return isSame && typeof value === 'object' && !body.includes('__proto__') ? value : undefined
  } catch {
    return undefined
  }
}

/** Every line but the first moved in by so many spaces. */
export function indented(text: string, by: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(by)}`)
}
