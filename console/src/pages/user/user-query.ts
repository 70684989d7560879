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

/** Told what the user is now, when it is no longer what was shown: nothing was written then. */
type OnConflict = (now: User) => void

/** Deletes a user as it is shown, and offers to take it back for ten seconds. */
export function useRemoval(user: User, onConflict: OnConflict) {
  const restoration = useRestoration((now) =>
    notify(`Somebody else changed ${now.fullName} meanwhile: it is ${now.status} now.`, { tone: 'danger' }),
  )
  return useMutation({
    mutationFn: () => directory.users.remove(user.id, user.revision),
    onSuccess: (deleted) => {
      keepUser(deleted)
      notify(`${user.fullName} was deleted.`, { action: { label: 'Undo', run: () => restoration.mutate(deleted) } })
    },
    onError: (error) => explain(error, user.id, onConflict),
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
    onError: (error, { id }) => explain(error, id, onConflict),
  })
}

async function explain(error: Error, id: string, onConflict: OnConflict): Promise<void> {
  const refuse = (fault: Error) => notify(fault.message, { tone: 'danger' })
  if (hasStatus(error, 412)) await answers.query({ ...userQuery(id), staleTime: 0 }).then(onConflict, refuse)
  else refuse(error)
}
