import { Activity, Building2, CircleUserRound, KeyRound, Settings, Upload, Users, type LucideIcon } from 'lucide-react'
import { useMay } from '../directory/me.ts'

/** A page that one can go to. */
export interface Place {
  readonly to: '/users' | '/customers' | '/import' | '/tokens' | '/activity' | '/settings' | '/account'
  readonly title: string
  readonly icon: LucideIcon
}

/** The pages the caller can do something with, in the order of the navigation. */
export function usePlaces(): readonly Place[] {
  const mayRead = useMay('users:read')
  const mayWrite = useMay('users:write')
  const mayReadCustomers = useMay('customers:read')
  const mayIssue = useMay('tokens:write')
  const mayAudit = useMay('audit:read')
  const isAdmin = useMay('admin')
  const all: readonly (Place & { readonly isShown: boolean })[] = [
    { to: '/users', title: 'Users', icon: Users, isShown: mayRead },
    { to: '/customers', title: 'Customers', icon: Building2, isShown: mayReadCustomers },
    { to: '/import', title: 'Import', icon: Upload, isShown: mayWrite },
    { to: '/tokens', title: 'Tokens', icon: KeyRound, isShown: mayIssue },
    { to: '/activity', title: 'Activity', icon: Activity, isShown: mayAudit },
    { to: '/settings', title: 'Settings', icon: Settings, isShown: isAdmin },
  ]
  return all.filter(({ isShown }) => isShown)
}

/** One's own page, which everybody has. */
export const ACCOUNT: Place = { to: '/account', title: 'Account', icon: CircleUserRound }
