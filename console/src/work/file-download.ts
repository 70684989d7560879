const LIFE_MS = 60_000

/** Gives a file to the browser to save. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after this returns.
  setTimeout(() => URL.revokeObjectURL(address), LIFE_MS)
}

const FORMULA = /^[=+\-@\t\r]/

/** One line of CSV (RFC 4180) with its end. What a spreadsheet would take for a formula gets an apostrophe unless kept. */
export function csvLine(cells: readonly string[], delimiter = ',', formulas: 'quote' | 'keep' = 'keep'): string {
  const written = cells.map((cell) => {
    const safe = formulas === 'quote' && FORMULA.test(cell) ? `'${cell}` : cell
    const needsQuotes = /["\r\n]|^\s|\s$/.test(safe) || safe.includes(delimiter)
    return needsQuotes ? `"${safe.replaceAll('"', '""')}"` : safe
  })
  return `${written.join(delimiter)}\r\n`
}
