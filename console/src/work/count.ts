const number = new Intl.NumberFormat()

/** `12,345`, as the reader's language writes it. */
export function numberText(count: number): string {
  return number.format(count)
}

/** `1 user`, `12,345 users`. */
export function countText(count: number, one = 'user', many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`
}
