import { queryOptions } from '@tanstack/react-query'
import { directory } from '../../directory/client.ts'

/** The bearer tokens of a user. */
export function tokensQuery(userId: string) {
  return queryOptions({
    queryKey: ['tokens', 'of', userId] as const,
    queryFn: ({ signal }) => directory.tokens.all({ userId }, { signal }),
  })
}
