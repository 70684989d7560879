/** A text as it is looked for: neither letter case nor accents matter. */
export function foldedText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

/** Tells which texts have all words of a search in them; for a search without words, every text. */
export function finderOf(search: string): (text: string) => boolean {
  const words = foldedText(search).split(/\s+/u)
  return (text) => {
    const folded = foldedText(text)
    return words.every((word) => folded.includes(word))
  }
}
