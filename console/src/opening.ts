import { answers } from './directory/client.ts'
import { meQuery } from './directory/me.ts'
import { viewFrom } from './pages/users/address/address.ts'
import { pageQuery } from './pages/users/table/list-query.ts'

const USERS_PAGE = /^\/console\/users\/?$/

/**
 * Begins, where an address is that of the users list, to ask for its first rows beside who is signed in: the page itself asks for
 * the one when it knows the other. Whoever is not signed in is refused both, and the rows are read again after signing in.
 */
export function readAhead({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  if (!USERS_PAGE.test(pathname)) return
  void answers.query(meQuery).catch(isLeftToThePage)
  const { query, fault } = viewFrom(Object.fromEntries(new URLSearchParams(search)), null, true)
  if (fault === null) void answers.query(pageQuery(query, 0)).catch(isLeftToThePage)
}

// It asks for the same once more, and says why it was refused.
function isLeftToThePage(): void {
  return undefined
}
