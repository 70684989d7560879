import { queryOptions, useMutation } from '@tanstack/react-query'
import type { User } from '@rollcall/sdk'
import { answers, directory } from '../../directory.ts'
import { notify } from '../../widgets/notices.tsx'
import type { Page } from '../users/rows.ts'

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

/** Deletes a user, and offers to take it back for ten seconds. */
export function useRemoval(user: User) {
  const restoration = useRestoration(user)
  return useMutation({
    mutationFn: () => directory.users.remove(user.id),
    onSuccess: (deleted) => {
      keepUser(deleted)
      notify(`${user.fullName} was deleted.`, { action: { label: 'Undo', run: () => restoration.mutate() } })
    },
    onError: (error) => notify(error.message, { tone: 'danger' }),
  })
}

export function useRestoration(user: User) {
  return useMutation({
    mutationFn: () => directory.users.restore(user.id),
    onSuccess: (restored) => {
      keepUser(restored)
      notify(`${user.fullName} was restored.`)
    },
    onError: (error) => notify(error.message, { tone: 'danger' }),
  })
}
