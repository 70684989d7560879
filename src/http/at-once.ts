import { DirectoryError } from '../core/error.ts'
import type { Principal } from '../core/principal.ts'

/** How many requests of one caller are being answered. */
export interface AtOnce {
  /**
   * Begins an answer to a caller who gets so many of this name at once; what it gives ends it. Throws `too_many_requests`
   * where as many are under way.
   */
  begin(name: string, principal: Pick<Principal, 'tokenId' | 'parentId'>, most: number): () => void
}

/** Nobody knows when an answer under way ends. */
const RETRY_AFTER_S = 5

/** Counts by this process. A token and all sessions made from it are one caller. */
export function atOnce(): AtOnce {
  const underWay = new Map<string, number>()
  return {
    begin(name, { tokenId, parentId = tokenId }, most) {
      const key = `${name} ${parentId}`
      const running = underWay.get(key) ?? 0
      if (running >= most) {
        const sentence = `At most ${most} of these requests are answered at once. Try again when one of them has ended.`
        throw new DirectoryError('too_many_requests', sentence, { retryAfterS: RETRY_AFTER_S })
      }
      underWay.set(key, running + 1)
      return () => {
        const left = (underWay.get(key) ?? 0) - 1
        if (left > 0) underWay.set(key, left)
        else underWay.delete(key)
      }
    },
  }
}
