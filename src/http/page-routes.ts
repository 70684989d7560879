import { DirectoryError } from '../core/error.ts'
import type { Answer, PublicRoute } from '../dialects/dialect.ts'
import type { PageFiles } from './page-files.ts'

const ASSETS = '/console/assets/'

/** The routes of the console, the reference and what they load; `files` is null where they have not been built. */
export function pageRoutes(files: PageFiles | null): readonly PublicRoute[] {
  const page = (name: 'console' | 'reference'): readonly PublicRoute[] =>
    [`/${name}`, `/${name}/*`].map((path, index) =>
      pageRoute(path, index === 0 ? name : `${name}-file`, (asked, acceptEncoding) => {
        if (files === null) return notBuilt()
        const found = files.find(asked, acceptEncoding)
        // What is no file is a place within the page, but for assets: a script must never be a page.
        return found ?? (asked.startsWith(ASSETS) ? undefined : files.find(`/${name}`, acceptEncoding))
      }),
    )
  return [...page('console'), ...page('reference')]
}

function pageRoute(
  path: string,
  id: string,
  find: (path: string, acceptEncoding: string | undefined) => Answer | undefined,
): PublicRoute {
  return {
    method: 'GET',
    path,
    access: 'public',
    isPage: true,
    operation: { id, summary: `Files of ${path}.`, parameters: [], responses: [], refusals: [] },
    answer(call) {
      const answer = find(call.path, call.header('accept-encoding'))
      if (answer) return Promise.resolve(answer)
      return Promise.reject(new DirectoryError('not_found', 'There is nothing at this path.', { reason: 'route' }))
    },
  }
}

function notBuilt(): Answer {
  return {
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'The console has not been built. Build it with: npm run build --workspace console\nThen start Rollcall again.\n',
  }
}
