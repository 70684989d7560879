const number = new Intl.NumberFormat()

/** Whatever some language puts between the digits of a whole number. */
const SEPARATOR = /[\s.,'’٬\u200e\u200f]/u

/** `12,345`, as the reader's language writes it. */
export function numberText(count: number): string {
  return number.format(count)
}

/** `1 user`, `12,345 users`. */
export function countText(count: number, one = 'user', many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`
}

/** Whether a text says the number: in plain digits, or as the language writes it; what stands between digits is passed over. */
export function isNumberTyped(text: string, count: number, language: Intl.NumberFormat = number): boolean {
  const { locale, numberingSystem } = language.resolvedOptions()
  const plain = new Intl.NumberFormat(locale, { numberingSystem })
  const digits = Array.from({ length: 10 }, (_, digit) => plain.format(digit))
  const told = Array.from(text.normalize('NFKC')).flatMap((sign) => {
    const at = digits.indexOf(sign)
    if (at >= 0) return String(at)
    return SEPARATOR.test(sign) ? [] : sign
  })
  return told.join('') === String(count)
}
