/** What stands around the items of a streamed list: everything up to its `[` and everything from its `]` on. */
interface ListFrame {
  readonly open: string
  readonly close: string
}

/**
 * A JSON text with a list of any length in it, one piece per batch, so that memory does not grow with the list. A
 * failure is thrown to whoever reads before the list is closed, so that a text that is cut is never valid JSON.
 */
export async function* jsonList<T>(
  batches: AsyncIterable<readonly T[]>,
  { open, close }: ListFrame,
  render: (batch: readonly T[]) => Promise<readonly unknown[]>,
): AsyncGenerator<string, undefined> {
  let begun = false
  for await (const batch of batches) {
    if (batch.length === 0) continue
    // Stringified as a list and without its brackets: the quickest way to a comma-separated text.
    const items = JSON.stringify(await render(batch)).slice(1, -1)
    yield `${begun ? ',' : open}${items}`
    begun = true
  }
  yield begun ? close : open + close
}
