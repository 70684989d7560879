import { useSyncExternalStore } from 'react'

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' })

/** A moment as people say it, with the exact one in the reader's zone on hover and for screen readers. */
export function Moment({ at, none = '–' }: { readonly at: string | null; readonly none?: string }) {
  const now = useNow()
  if (at === null) return <span>{none}</span>
  const moment = new Date(at)
  return (
    <time dir="auto" dateTime={at} title={exact.format(moment)}>
      {ago(sinceTick(moment.getTime() - now))}
    </time>
  )
}

// The clock of the page stands still between ticks: what happened since is not yet to come.
function sinceTick(differenceMs: number): number {
  return differenceMs > 0 && differenceMs <= TICK_MS ? 0 : differenceMs
}

function ago(differenceMs: number): string {
  const seconds = differenceMs / 1000
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit)
  }
  return relative.format(Math.round(seconds), 'second')
}

const TICK_MS = 30_000
let nowMs = Date.now()
const clocks = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

// One clock for all moments of a page: it runs while any is shown.
function useNow(): number {
  return useSyncExternalStore(
    (listener) => {
      clocks.add(listener)
      ticking ??= setInterval(() => {
        nowMs = Date.now()
        for (const clock of clocks) clock()
      }, TICK_MS)
      return () => {
        clocks.delete(listener)
        if (clocks.size > 0) return
        clearInterval(ticking)
        ticking = undefined
      }
    },
    () => nowMs,
  )
}
