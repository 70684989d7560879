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
