/** What stands around the items of a streamed list: everything up to its `[` and everything from its `]` on. */
export interface ListFrame {
  readonly open: string
  readonly close: string
}

/**
 * A JSON text with a list of any length in it, one piece per batch, so that memory does not grow with the list. The
 * first piece is ready when the promise resolves: what is refused or fails until then can still be an answer of its
 * own. A failure after it is thrown to whoever reads, before the list is closed, so that a cut text is never valid JSON.
 */
export async function openJsonList<T>(
  batches: AsyncIterable<readonly T[]>,
  frame: ListFrame,
  render: (batch: readonly T[]) => Promise<readonly unknown[]>,
): Promise<AsyncIterable<string>> {
  const pieces = piecesOf(batches, frame, render)
  let pending: IteratorResult<string> | undefined = await pieces.next()
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const piece = pending ?? (await pieces.next())
        pending = undefined
        return piece
      },
      // The pieces have begun, so this closes the batches too, even when nothing has been read.
      return: () => {
        pending = undefined
        return pieces.return(undefined)
      },
    }),
  }
}

async function* piecesOf<T>(
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
