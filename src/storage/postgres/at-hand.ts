import type pg from 'pg'

/** How often it is looked whether the connection has been taken since the last time. */
const LOOK_MS = 1_000

/** A connection that was given back lately. To get it out of the pool and put it back takes longer than to ask something brief. */
export interface AtHand {
  /** Takes it; null where there is none. */
  take(): pg.PoolClient | null
  /** Whether the connection was kept; else it is for the pool. */
  keep(client: pg.PoolClient): boolean
  /** Whether it was this one, which then is at hand no more. */
  drop(client: pg.ClientBase): boolean
  /** Gives back what is at hand, and keeps nothing from now on. */
  close(): void
}

/** Keeps one connection at hand, and gives it back to its pool when it has not been taken for a while. */
export function keepAtHand(): AtHand {
  let kept: pg.PoolClient | null = null
  let isClosed = false
  let wasTaken = false
  let timer: NodeJS.Timeout | undefined

  const giveBack = (): void => {
    const client = kept
    kept = null
    client?.release()
  }

  // Looked at now and then: a timer for each time it is kept would cost more than this saves.
  const look = (): void => {
    if (!wasTaken) {
      clearInterval(timer)
      timer = undefined
      giveBack()
    }
    wasTaken = false
  }

  return {
    take() {
      const taken = kept
      kept = null
      wasTaken = true
      return taken
    },
    keep(client) {
      if (kept !== null || isClosed) return false
      kept = client
      timer ??= setInterval(look, LOOK_MS).unref()
      return true
    },
    drop(client) {
      if (client !== kept) return false
      kept = null
      return true
    },
    close() {
      isClosed = true
      clearInterval(timer)
      giveBack()
    },
  }
}
