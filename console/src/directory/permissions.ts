import type { Permission } from '@rollcall/sdk'

/** What each permission lets one do, in the order they are offered. */
export const PERMISSIONS: readonly { readonly name: Permission; readonly does: string }[] = [
  { name: 'users:read', does: 'List, search and read users, in every dialect' },
  { name: 'users:read-metadata', does: 'See by whom users were created and changed' },
  { name: 'users:write', does: 'Create, change, import, delete and restore users' },
  { name: 'customers:read', does: 'See customers and how many users they have' },
  { name: 'customers:write', does: 'Create, rename, move and remove customers' },
  { name: 'tokens:write', does: 'Issue and revoke tokens, and let users sign in' },
  { name: 'audit:read', does: 'Read histories and activity' },
  { name: 'admin', does: 'Everything, also settings' },
]
