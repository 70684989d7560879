import { queryOptions, useMutation } from '@tanstack/react-query'
import type { User } from '@rollcall/sdk'
import { answers, directory, hasStatus } from '../../directory/client.ts'
import { notify } from '../../widgets/notices.tsx'
import type { Page } from '../users/table/list-query.ts'

/** One user. What a list has read already is shown until the newest is there. */
export function userQuery(id: string) {
  const known = listed(id)
  return queryOptions({
    queryKey: ['user', id, 'profile'] as const,
    queryFn: ({ signal }): Promise<User> => directory.users.get(id, { includeDeleted: true, signal }),
    ...(known === undefined ? {} : { placeholderData: known }),
    staleTime: 5_000,
  })
}

function listed(id: string): User | undefined {
  for (const [, page] of answers.getQueriesData<Page>({ queryKey: ['users', 'page'] })) {
    const found = page?.users.find((user) => user.id === id)
    if (found !== undefined) return found
  }
  return undefined
}

/** Puts a user that was written in the place of what was read of it, and has the rest read again. */
export function keepUser(user: User): void {
  answers.setQueryData(userQuery(user.id).queryKey, user)
  void answers.invalidateQueries({
    queryKey: ['user', user.id],
    predicate: ({ queryKey }) => queryKey[2] !== 'profile',
  })
  void answers.invalidateQueries({ queryKey: ['users'] })
}

/** Told what was shown, and what the user is now, when it is no longer that: nothing was written then. */
type OnConflict = (seen: User, now: User) => void

/** Deletes a user as it is shown, and offers to take it back for ten seconds. */
export function useRemoval(onConflict: OnConflict) {
  const restoration = useRestoration((_, now) =>
    notify(`Somebody else changed ${now.fullName} meanwhile: it is ${now.status} now.`, { tone: 'danger' }),
  )
  return useMutation({
    mutationFn: (shown: User) => directory.users.remove(shown.id, shown.revision),
    onSuccess: (deleted) => {
      keepUser(deleted)
      notify(`${deleted.fullName} was deleted.`, { action: { label: 'Undo', run: () => restoration.mutate(deleted) } })
    },
    onError: (error, shown) => explain(error, shown, onConflict),
  })
}

/** Takes a deleted user back as it is shown. */
export function useRestoration(onConflict: OnConflict) {
  return useMutation({
    mutationFn: (shown: User) => directory.users.restore(shown.id, shown.revision),
    onSuccess: (restored) => {
      keepUser(restored)
      notify(`${restored.fullName} was restored.`)
    },
    onError: (error, shown) => explain(error, shown, onConflict),
  })
}

async function explain(error: Error, shown: User, onConflict: OnConflict): Promise<void> {
  const now = await readAgain(error, shown.id)
  if (now === null) notify(error.message, { tone: 'danger' })
  else onConflict(shown, now)
}

/** Whether an answer says that a user is no longer what was shown: changed, or not there to be changed. */
export function isOutdated(error: unknown): boolean {
  return hasStatus(error, 412) || hasStatus(error, 404)
}

/** The user as it is now, deleted or not, where a refusal says that it has been changed; null where it says something else, or is not to be read. */
export async function readAgain(error: unknown, id: string): Promise<User | null> {
  if (!isOutdated(error)) return null
  return answers.query({ ...userQuery(id), staleTime: 0 }).catch(() => null)
}
