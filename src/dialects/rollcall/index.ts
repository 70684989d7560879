import type { Dialect } from '../dialect.ts'
import { activityRoutes } from './activity.ts'
import { batchRoutes } from './batch.ts'
import { customerRoutes } from './customers.ts'
import { exportRoutes } from './export.ts'
import { historyRoutes } from './history.ts'
import { importRoutes } from './imports.ts'
import { listRoutes } from './list.ts'
import { renderProblem } from './problem.ts'
import { problemPage } from './problem-page.ts'
import { PROBLEM_SCHEMA } from './problem-schema.ts'
import { settingRoutes } from './server-settings.ts'
import { sessionRoutes } from './sessions.ts'
import { signInRoutes } from './sign-ins.ts'
import { tokenRoutes } from './tokens.ts'
import { renderUser } from './user.ts'
import { userRoutes } from './users.ts'
import { VIEW_LIMIT, viewRoutes } from './views.ts'
import { wireRoute } from './wire.ts'

const PREFIXES = ['/v1', '/problems']

/**
 * Rollcall's own API under `/v1`: all that a directory can be asked and told. Errors are RFC 9457 problems. It can show how
 * the `others` show a user.
 */
export function rollcall(others: readonly Dialect[] = []): Dialect {
  return {
    name: 'rollcall',
    title: 'Rollcall API',
    routes: [
      ...listRoutes,
      ...exportRoutes,
      ...userRoutes,
      ...historyRoutes,
      wireRoute(others),
      ...batchRoutes,
      ...importRoutes,
      ...customerRoutes,
      ...tokenRoutes,
      ...sessionRoutes,
      ...signInRoutes,
      ...viewRoutes,
      ...activityRoutes,
      ...settingRoutes,
      problemPage,
    ],
    showUser: (user, { principal }) => Promise.resolve(renderUser(user, principal)),
    owns: (path) => PREFIXES.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)),
    renderError: renderProblem,
    errorSchema: PROBLEM_SCHEMA,
    vendorLimits: [],
    ownLimits: [VIEW_LIMIT],
  }
}
