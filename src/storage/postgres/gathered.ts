/** Fewer than this many at once ask without waiting for each other. */
const COMPANY_MIN = 4
/** How long those who ask wait for the others who were there before. */
const PATIENCE_MS = 1

/**
 * Gathers those who ask into as few questions as may be: whoever asks gets the answer to a question that was sent after that,
 * there is never more than one under way, and it is asked for all whom one turn of the event loop brings. Where many
 * come at once, as they do who each ask again when they have been answered, it is sent when as many are there as were when
 * the one before was answered, or a millisecond is over: to wait for them costs less than a question for every few.
 */
export function gathered<T>(ask: () => Promise<T>): () => Promise<T> {
  let next = Promise.withResolvers<T>()
  /** How many wait for the next question to be sent, for the answer of the one under way, and did when that was answered last. */
  let waiting = 0
  let underWay = 0
  let company = 0
  let disarm: (() => void) | null = null

  const isComplete = () => company >= COMPANY_MIN && waiting >= company

  const send = (): void => {
    disarm?.()
    disarm = null
    underWay = waiting
    waiting = 0
    const { resolve } = next
    next = Promise.withResolvers()
    const answer = ask()
    resolve(answer)
    answer.then(settle, settle)
  }

  const settle = (): void => {
    company = underWay + waiting
    underWay = 0
    if (waiting > 0) arm()
  }

  const arm = (): void => {
    if (company >= COMPANY_MIN) {
      const timeout = setTimeout(soon, PATIENCE_MS)
      disarm = () => clearTimeout(timeout)
    } else soon()
  }

  // Those whom the sockets are just about to bring are taken along.
  const soon = (): void => {
    const immediate = setImmediate(send)
    disarm = () => clearImmediate(immediate)
  }

  return () => {
    const { promise } = next
    waiting += 1
    if (underWay === 0) {
      if (isComplete()) send()
      else if (disarm === null) arm()
    }
    return promise
  }
}
