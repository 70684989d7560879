import type { Counter, Histogram } from 'prom-client'

/** What is counted of requests. */
export interface RequestCounts {
  readonly requests: Counter<'dialect' | 'operation' | 'status'>
  /** In seconds. */
  readonly duration: Histogram<'dialect' | 'operation'>
  readonly servedAgain: Counter<'dialect' | 'operation'>
}

/** The counts of one route. */
export interface RouteMetrics {
  readonly answered: (status: number, durationMs: number) => void
  readonly servedAgain: () => void
  /** Hands over what is gathered: before it is read. */
  readonly settle: () => void
}

/** A second's worth at the most: so many durations are handed over in less than a millisecond. */
const GATHERED_MAX = 1024

/**
 * The counts of a route, gathered and handed over many at once: one by one, each in the middle of another request, they cost
 * the library several times as much.
 */
export function routeMetrics(counts: RequestCounts, labels: Record<'dialect' | 'operation', string>): RouteMetrics {
  const durations = counts.duration.labels(labels)
  const byStatus = new Map<number, number>()
  const gathered: number[] = []
  let again = 0

  const settle = (): void => {
    for (const seconds of gathered) durations.observe(seconds)
    gathered.length = 0
    for (const [status, count] of byStatus) counts.requests.inc({ ...labels, status: String(status) }, count)
    byStatus.clear()
    if (again > 0) counts.servedAgain.inc(labels, again)
    again = 0
  }

  return {
    settle,
    answered(status, durationMs) {
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
      gathered.push(durationMs / 1000)
      if (gathered.length >= GATHERED_MAX) settle()
    },
    servedAgain() {
      again += 1
    },
  }
}
