import { answers } from './directory/client.ts'
import { isKnownReader } from './directory/known-reader.ts'
import { may, meQuery } from './directory/me.ts'
import { viewFrom } from './pages/users/address/address.ts'
import { placeFrom } from './pages/users/address/list-place.ts'
import type { Search } from './pages/users/address/search.ts'
import { pageOf, pageQuery } from './pages/users/table/list-query.ts'

const USERS_PAGE = /^\/console\/users\/?$/

/**
 * Begins, where an address is that of the users list, to ask who is signed in, and for its first rows, while the page is being
 * made: for both at once where it is known that they will be given, else for the rows only when they may be.
 */
export function readAhead({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  if (!USERS_PAGE.test(pathname)) return
  void readRows(search).catch(isLeftToThePage)
}

async function readRows(search: string): Promise<void> {
  const asked = answers.query(meQuery)
  if (isKnownReader()) asked.catch(isLeftToThePage)
  else if (!may(await asked, 'users:read')) return
  const said: Search = Object.fromEntries(new URLSearchParams(search))
  const { query, fault } = viewFrom(said, null, true)
  if (fault === null) await answers.query(pageQuery(query, pageOf(placeFrom(said).row)))
}

// It asks for the same once more, and says why it was refused.
function isLeftToThePage(): void {
  return undefined
}
