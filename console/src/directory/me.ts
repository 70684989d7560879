import { queryOptions, useQuery } from '@tanstack/react-query'
import { RollcallFault, type Me, type Permission } from '@rollcall/sdk'
import { directory } from './client.ts'

/** Who is signed in. Fails with status 401 where nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me> => {
    const { me } = await directory.session.current({ signal })
    if (me === null) throw nobody()
    return me
  },
  staleTime: 60_000,
})

// Asked in a way that refuses nobody: a browser writes every 401 into its log as an error.
function nobody(): RollcallFault {
  const detail = 'Nobody is signed in.'
  return new RollcallFault({ type: 'about:blank', title: 'Not authenticated', status: 401, detail })
}

/** The caller, once known. */
export function useMe(): Me | undefined {
  return useQuery(meQuery).data
}

/** Whether somebody has a permission; nobody has any while it is not known who it is. */
export function may(me: Me | undefined, permission: Permission): boolean {
  const permissions = me?.token.permissions ?? []
  return permissions.includes(permission) || permissions.includes('admin')
}

/** Whether the caller has a permission; what it does not have is not offered. */
export function useMay(permission: Permission): boolean {
  return may(useMe(), permission)
}
