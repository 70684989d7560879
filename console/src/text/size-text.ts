const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const

/** A number of bytes as people say it: `12 bytes`, `1.2 kB`, `3.4 GB`. */
export function sizeText(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${number.format(size)} ${UNITS[unit] ?? ''}`
}
