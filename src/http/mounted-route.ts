import type { Answer, Dialect, Route } from '../dialects/dialect.ts'
import type { RouteMetrics } from './route-metrics.ts'
import type { RoutePolicies } from './rate-limits.ts'

/** A route of a dialect with everything that is looked up once. */
export interface MountedRoute {
  readonly dialect: Dialect
  readonly route: Route
  /** The pattern as the log shows it; null where there is none. */
  readonly pattern: string | null
  /** Answers in place of a route where a path has none for the method, whatever else the request brings. */
  readonly standIn?: () => Promise<Answer>
  readonly metrics: RouteMetrics
  readonly policies: RoutePolicies | null
  readonly bodyBytesMax: number
  /** The methods of the path, where the answer has to name them. */
  readonly allow?: readonly string[]
}
