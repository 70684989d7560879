/**
 * Shares the answers of a question among all who ask it at once: whoever asks gets the answer to a question that was sent
 * after that, and there is never more than one under way.
 */
export function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | undefined
  const send = () => {
    next = undefined
    const answer = ask()
    underWay = answer.catch(() => undefined)
    return answer
  }
  return () => (next ??= underWay.then(send))
}
