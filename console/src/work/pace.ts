/** How fast work goes, and how long it still takes. */
export interface Pace {
  /** Things done per second, of late; null until that can be said. */
  readonly perSecond: number | null
  readonly secondsLeft: number | null
}

/** Notes how much is done, and says how fast it goes. */
export interface PaceKeeper {
  readonly note: (done: number, nowMs: number) => void
  /** With what is still to be done, in the same measure. */
  readonly pace: (left: number) => Pace
  /** Forgets what was, such as after a pause. */
  readonly reset: () => void
}

const WINDOW_MS = 15_000
const SURE_AFTER_MS = 500

/** Keeps the pace of the last seconds: what was long ago says little about what is to come. */
export function keepPace(): PaceKeeper {
  let notes: { readonly done: number; readonly atMs: number }[] = []
  return {
    note(done, nowMs) {
      notes = [...notes.filter(({ atMs }) => atMs > nowMs - WINDOW_MS), { done, atMs: nowMs }]
    },
    pace(left) {
      const [first, last] = [notes[0], notes.at(-1)]
      if (first === undefined || last === undefined || last.atMs - first.atMs < SURE_AFTER_MS)
        return { perSecond: null, secondsLeft: null }
      const perSecond = ((last.done - first.done) * 1000) / (last.atMs - first.atMs)
      return { perSecond, secondsLeft: perSecond > 0 ? left / perSecond : null }
    },
    reset() {
      notes = []
    },
  }
}

/** `40 s`, `3 min`, `1 h 5 min`. */
export function lengthText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
