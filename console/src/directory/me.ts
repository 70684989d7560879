import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Me, Permission } from '@rollcall/sdk'
import { directory } from './client.ts'

/** Who is signed in. Fails with status 401 where nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => directory.me({ signal }),
  staleTime: 60_000,
})

/** The caller, once known. */
export function useMe(): Me | undefined {
  return useQuery(meQuery).data
}

/** Whether the caller has a permission; what it does not have is not offered. */
export function useMay(permission: Permission): boolean {
  const permissions = useMe()?.token.permissions ?? []
  return permissions.includes(permission) || permissions.includes('admin')
}
