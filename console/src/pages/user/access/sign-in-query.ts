import { queryOptions } from '@tanstack/react-query'
import type { SignIn } from '@rollcall/sdk'
import { answers, directory } from '../../../directory/client.ts'

const signInKey = (userId: string) => ['user', userId, 'sign-in'] as const

/** The right of a user to sign in with a password; null where there is none. */
export function signInQuery(userId: string) {
  return queryOptions({
    queryKey: signInKey(userId),
    queryFn: ({ signal }) => readSignIn(userId, signal),
  })
}

/** Has it read again with all else of the user, since it was given, changed or taken back. */
export function forgetSignIn(userId: string): Promise<void> {
  // The user has another revision now, too: whatever is changed next is changed as it is then.
  return answers.invalidateQueries({ queryKey: ['user', userId] })
}

// Whether there is one is asked by a list: a browser writes every 404 into its log as an error.
async function readSignIn(id: string, signal: AbortSignal): Promise<SignIn | null> {
  const tokens = await directory.tokens.all({ userId: id, use: 'sign-in' }, { signal })
  if (!tokens.some(({ revokedAt }) => revokedAt === null)) return null
  return directory.users.signIn(id, { signal })
}
