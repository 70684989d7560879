import type { Activity, TokenActivity } from '../../core/directory.ts'
import type { TokenUse } from '../../core/token.ts'

/** What one line of the activity counts: the requests of a token, or of all sessions of a user. */
export interface ActivityLine {
  /** Of the token; null for sessions together. */
  readonly id: string | null
  readonly name: string
  readonly use: TokenUse
  readonly userId: string
  /** How many sessions are together in it; null for one token. */
  readonly sessions: number | null
  readonly requests: readonly number[]
  readonly limited: readonly number[]
}

/** One line per token, with the sessions of a user in one where the first of them is. */
export function linesTogether({ tokens }: Activity): readonly ActivityLine[] {
  const ofUser = Map.groupBy(
    tokens.filter(({ token }) => token.use === 'session'),
    ({ token }) => token.userId,
  )
  return tokens.flatMap((one) => {
    if (one.token.use !== 'session') return [lineOf(one)]
    const sessions = ofUser.get(one.token.userId) ?? []
    return sessions[0] === one ? [together(sessions, one)] : []
  })
}

/** One line per token, sessions too. */
export function linesEach({ tokens }: Activity): readonly ActivityLine[] {
  return tokens.map(lineOf)
}

function lineOf({ token: { id, name, use, userId }, requests, limited }: TokenActivity): ActivityLine {
  return { id, name, use, userId, sessions: null, requests, limited }
}

function together(sessions: readonly TokenActivity[], { token, requests, limited }: TokenActivity): ActivityLine {
  const sum = (first: readonly number[], countsOf: (one: TokenActivity) => readonly number[]) =>
    first.map((_, day) => sessions.reduce((total, one) => total + (countsOf(one)[day] ?? 0), 0))
  return {
    id: null,
    name: 'browser sessions',
    use: 'session',
    userId: token.userId,
    sessions: sessions.length,
    requests: sum(requests, (one) => one.requests),
    limited: sum(limited, (one) => one.limited),
  }
}
