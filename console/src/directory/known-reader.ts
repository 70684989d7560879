import { hashKey } from '@tanstack/react-query'
import { answers, hasStatus } from './client.ts'
import { may, meQuery } from './me.ts'

const ME = hashKey(meQuery.queryKey)
/** Until when the session goes on of whoever was here last and may read users. */
const KEY = 'rollcall-reads-users-until'

/** Whether whoever opens the page is most likely signed in and may read users: their rows need not wait for the answer who it is. */
export function isKnownReader(): boolean {
  try {
    return Date.parse(localStorage.getItem(KEY) ?? '') > Date.now()
  } catch {
    // A browser that keeps nothing throws where it is asked to.
    return false
  }
}

/** To be called at signing out. */
export function forgetReader(): void {
  remember(null)
}

/** Keeps for the next opening what is known of who is signed in, and no more of it than that it may read users. */
export function watchForReader(): void {
  answers.getQueryCache().subscribe(({ query }) => {
    if (query.queryHash !== ME) return
    const me = answers.getQueryData(meQuery.queryKey)
    if (hasStatus(query.state.error, 401)) remember(null)
    else if (me !== undefined) remember(may(me, 'users:read') ? me.token.expiresAt : null)
  })
}

function remember(until: string | null): void {
  try {
    if (until === null) localStorage.removeItem(KEY)
    else if (localStorage.getItem(KEY) !== until) localStorage.setItem(KEY, until)
  } catch {
    // Then the rows wait for the answer.
  }
}
