import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Store } from '../core/store.ts'
import { routeMetrics, type RouteMetrics } from './route-metrics.ts'

/** What the server counts of itself, in the Prometheus text format. */
export interface Metrics {
  /** The counters of one route, looked up once when it is mounted. */
  forRoute(dialect: string, operation: string): RouteMetrics
  /** Requests being worked on right now. */
  inFlight: number
  /** A value that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number): void
  readonly contentType: string
  render(): Promise<string>
  close(): void
}

// Seconds: a kept answer takes tens of microseconds, a page from the store under a millisecond, an export minutes.
const BUCKETS = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 60]
const LOOP_RESOLUTION_MS = 20

export function openMetrics(store: Store): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const labelNames = ['dialect', 'operation'] as const
  const requests = new Counter({
    name: 'rollcall_http_requests_total',
    help: 'Answered requests.',
    labelNames: [...labelNames, 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'rollcall_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer.',
    labelNames,
    buckets: BUCKETS,
    registers,
  })
  const servedAgain = new Counter({
    name: 'rollcall_answer_cache_hits_total',
    help: 'Answers served again without asking the directory.',
    labelNames,
    registers,
  })
  const routes: RouteMetrics[] = []
  const loopDelay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS })
  loopDelay.enable()

  const metrics: Metrics = {
    inFlight: 0,
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    },
    contentType: registry.contentType,
    render() {
      for (const route of routes) route.settle()
      return registry.metrics()
    },
    close: () => {
      loopDelay.disable()
      registry.clear()
    },
    forRoute(dialect, operation) {
      const route = routeMetrics({ requests, duration, servedAgain }, { dialect, operation })
      routes.push(route)
      return route
    },
  }
  // Read when they are asked for.
  new Gauge({
    name: 'rollcall_http_requests_in_flight',
    help: 'Requests being worked on.',
    registers,
    collect() {
      this.set(metrics.inFlight)
    },
  })
  new Gauge({
    name: 'rollcall_event_loop_delay_seconds',
    help: 'How late the event loop ran since the last time this was read.',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const quantile of [0.5, 0.99, 1]) {
        this.set({ quantile: String(quantile) }, loopDelay.percentile(quantile * 100) / 1e9)
      }
      loopDelay.reset()
    },
  })
  new Gauge({
    name: 'rollcall_resident_memory_bytes',
    help: 'Memory of the process.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  new Gauge({
    name: 'rollcall_store_revision',
    help: 'The newest committed revision; absent while the store does not answer.',
    registers,
    async collect() {
      try {
        this.set(await store.revision())
      } catch {
        this.remove()
      }
    },
  })
  return metrics
}
