import type { Dialect, Route } from '../dialects/dialect.ts'
import type { RouteMetrics } from './metrics.ts'
import type { RoutePolicies } from './rate-limits.ts'

/** A route of a dialect with everything that is looked up once. */
export interface MountedRoute {
  readonly dialect: Dialect
  readonly route: Route
  /** The pattern as the log shows it; null for what stands for a path without a route. */
  readonly pattern: string | null
  readonly metrics: RouteMetrics
  readonly policies: RoutePolicies | null
  readonly bodyBytesMax: number
  /** The methods of the path, where the answer has to name them. */
  readonly allow?: readonly string[]
}
