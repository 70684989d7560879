import { answers } from './directory/client.ts'
import { may, meQuery } from './directory/me.ts'
import { viewFrom } from './pages/users/address/address.ts'
import { pageQuery } from './pages/users/table/list-query.ts'

const USERS_PAGE = /^\/console\/users\/?$/

/**
 * Begins, where an address is that of the users list, to ask who is signed in, and then for its first rows, while the page is
 * being made. Nothing is asked that would be refused.
 */
export function readAhead({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  if (!USERS_PAGE.test(pathname)) return
  void readRows(search).catch(isLeftToThePage)
}

async function readRows(search: string): Promise<void> {
  if (!may(await answers.query(meQuery), 'users:read')) return
  const { query, fault } = viewFrom(Object.fromEntries(new URLSearchParams(search)), null, true)
  if (fault === null) await answers.query(pageQuery(query, 0))
}

// It asks for the same once more, and says why it was refused.
function isLeftToThePage(): void {
  return undefined
}
