/** The filter of `/v1` that these users pass and nobody else. */
export function idFilter(ids: readonly string[]): string {
  return `id in (${ids.map((id) => JSON.stringify(id)).join(', ')})`
}
