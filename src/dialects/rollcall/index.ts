import type { Dialect } from '../dialect.ts'
import { batchRoutes } from './batch.ts'
import { customerRoutes } from './customers.ts'
import { historyRoutes } from './history.ts'
import { listRoutes } from './list.ts'
import { renderProblem } from './problem.ts'
import { problemPage } from './problem-page.ts'
import { tokenRoutes } from './tokens.ts'
import { userRoutes } from './users.ts'

const PREFIXES = ['/v1', '/problems']

/** Rollcall's own API under `/v1`: all that a directory can be asked and told. Errors are RFC 9457 problems. */
export function rollcall(): Dialect {
  return {
    name: 'rollcall',
    title: 'Rollcall API',
    routes: [
      ...listRoutes,
      ...userRoutes,
      ...historyRoutes,
      ...batchRoutes,
      ...customerRoutes,
      ...tokenRoutes,
      problemPage,
    ],
    owns: (path) => PREFIXES.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)),
    renderError: renderProblem,
    vendorLimits: [],
  }
}
