import { DirectoryError } from './error.ts'

/**
 * Lets so many works run at once; the others wait their turn, in the order they came. Throws `unavailable` with this
 * sentence where as many as may wait do.
 */
export function turns(atOnce: number, waitingMax: number, sentence: string): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running < atOnce) running++
    else if (waiting.length < waitingMax) await new Promise<void>((go) => waiting.push(go))
    else throw new DirectoryError('unavailable', sentence, { retryAfterS: 1 })
    try {
      return await work()
    } finally {
      // Whoever is next takes this place over.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
