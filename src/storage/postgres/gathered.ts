import { round } from '../../core/round.ts'

/** Fewer than this many at once ask without waiting for each other. */
const COMPANY_MIN = 4
/** How long those who ask wait for the others who were there before. */
const PATIENCE_MS = 1

/**
 * Gathers those who ask into as few questions as may be: whoever asks gets the answer to a question that was sent after that, or since
 * the `round` of the event loop it has been asking, and there is never more than one under way. Where many come at once, as they do
 * who each ask again when they have been answered, it is sent when one more comes and makes them half as many as shared or awaited the one
 * before, or at the end of the round in which a millisecond is over: to wait for them costs less than a question for every few. The other half
 * mostly comes in the same round, and is looked at while the question is on its way.
 */
export function gathered<T>(ask: () => Promise<T>): (since?: number) => Promise<T> {
  let underWay: { readonly answer: Promise<T>; readonly round: number } | null = null
  let next = Promise.withResolvers<T>()
  /** How many share the question under way, wait for the next one, and did either when one was answered last. */
  let sharing = 0
  let waiting = 0
  let company = 0
  let timeout: NodeJS.Timeout | undefined

  const send = (): void => {
    clearTimeout(timeout)
    timeout = undefined
    sharing = waiting
    waiting = 0
    const { resolve } = next
    next = Promise.withResolvers()
    const answer = ask()
    underWay = { answer, round: round() }
    resolve(answer)
    answer.then(settle, settle)
  }

  // A turn of the event loop begins with its timers: whoever has arrived by then is looked at first.
  const sendAfterTurn = (): void => {
    setImmediate(() => {
      if (underWay === null && waiting > 0) send()
    })
  }

  const sendInTime = (): void => {
    if (company < COMPANY_MIN) send()
    else timeout ??= setTimeout(sendAfterTurn, PATIENCE_MS)
  }

  // Those who are being answered now will soon be back.
  const settle = (): void => {
    underWay = null
    company = sharing + waiting
    if (waiting > 0) sendInTime()
  }

  return (since = Infinity) => {
    if (underWay !== null && since <= underWay.round) {
      sharing += 1
      return underWay.answer
    }
    const { promise } = next
    waiting += 1
    if (underWay === null) {
      if (2 * waiting >= company) send()
      else sendInTime()
    }
    return promise
  }
}
