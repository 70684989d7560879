/** A question that is answered when it is told to. */
export interface ToldQuestion {
  readonly ask: (since?: number) => Promise<number>
  /** How often it was sent. */
  readonly sent: () => number
  /** Answers the first that is under way with how many have been sent. */
  readonly answer: () => void
  readonly fail: () => void
}

/** A question that is asked in some way, such as by all who ask at once together. */
export function toldQuestion(
  askedBy: (ask: () => Promise<number>) => (since?: number) => Promise<number>,
): ToldQuestion {
  let sent = 0
  const open: PromiseWithResolvers<number>[] = []
  const ask = askedBy(() => {
    sent += 1
    const answer = Promise.withResolvers<number>()
    open.push(answer)
    return answer.promise
  })
  return {
    ask,
    sent: () => sent,
    answer: () => open.shift()?.resolve(sent),
    fail: () => open.shift()?.reject(new Error('away')),
  }
}

/** Long enough for all that waits for nothing else. */
export async function passed(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve))
}
