import { Activity, Building2, CircleUserRound, KeyRound, Settings, Upload, Users, type LucideIcon } from 'lucide-react'
import type { Me, Permission } from '@rollcall/sdk'
import { may, useMe } from '../directory/me.ts'

/** A page that one can go to. */
export interface Place {
  readonly to: '/users' | '/customers' | '/import' | '/tokens' | '/activity' | '/settings' | '/account'
  readonly title: string
  readonly icon: LucideIcon
  /** Without which the server shows nothing there; null for what everybody has. */
  readonly needs: Permission | null
}

/** One's own page, which everybody has. */
export const ACCOUNT: Place = { to: '/account', title: 'Account', icon: CircleUserRound, needs: null }

const PLACES: readonly Place[] = [
  { to: '/users', title: 'Users', icon: Users, needs: 'users:read' },
  { to: '/customers', title: 'Customers', icon: Building2, needs: 'customers:read' },
  { to: '/import', title: 'Import', icon: Upload, needs: 'users:write' },
  { to: '/tokens', title: 'Tokens', icon: KeyRound, needs: 'tokens:write' },
  { to: '/activity', title: 'Activity', icon: Activity, needs: 'audit:read' },
  { to: '/settings', title: 'Settings', icon: Settings, needs: 'admin' },
]

/** The pages somebody can do something with, in the order of the navigation; one's own is not among them. */
export function placesOf(me: Me | undefined): readonly Place[] {
  return PLACES.filter(({ needs }) => needs === null || may(me, needs))
}

/** Those of the caller. */
export function usePlaces(): readonly Place[] {
  return placesOf(useMe())
}

/** The page a path of the console belongs to: `/users/$id` is one of the users. */
export function placeAt(path: string): Place | undefined {
  return PLACES.find(({ to }) => path === to || path.startsWith(`${to}/`))
}
