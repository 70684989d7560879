import {
  BookOpen,
  Building2,
  Keyboard,
  KeyRound,
  LogOut,
  Monitor,
  Moon,
  Plus,
  Sun,
  Upload,
  User as UserIcon,
  type LucideIcon,
} from 'lucide-react'
import type { User } from '@rollcall/sdk'
import type { PlacedCustomer } from '../customers/customers.ts'
import { finderOf } from '../text/folded-text.ts'
import { ACCOUNT, type Place } from './places.ts'

/** What choosing an entry does. */
export type Going =
  | { readonly kind: 'page'; readonly to: string; readonly search?: Readonly<Record<string, string>> }
  | { readonly kind: 'reference' | 'help' | 'sign-out' }
  | { readonly kind: 'theme'; readonly theme: 'system' | 'light' | 'dark' }

/** A line of the palette. */
export interface Entry {
  readonly key: string
  readonly group: 'Pages' | 'Actions' | 'Users' | 'Customers'
  readonly title: string
  readonly detail?: string
  readonly icon: LucideIcon
  readonly going: Going
}

/** What the palette can be filled from. */
export interface Sources {
  readonly text: string
  readonly places: readonly Place[]
  readonly customers: readonly PlacedCustomer[]
  /** Already searched for with the same text. */
  readonly users: readonly User[]
  readonly may: { readonly writeUsers: boolean; readonly writeCustomers: boolean; readonly writeTokens: boolean }
}

const CUSTOMERS_MAX = 8

/** The lines for what is typed: all words have to be in a title. Customers and users only come once something is typed. */
export function entriesFor({ text, places, customers, users, may }: Sources): readonly Entry[] {
  const isMeant = finderOf(text)
  // Some actions are dialogs of a page: they are offered with it.
  const isReached = ({ going }: Entry) =>
    going.kind !== 'page' || places.some(({ to }) => `${going.to}/`.startsWith(`${to}/`))
  const still = [...pages(places), ...actions(may).filter(isReached)].filter(({ title }) => isMeant(title))
  if (text.trim() === '') return still
  return [...still, ...[...users.map(userEntry), ...customerEntries(customers, isMeant)].filter(isReached)]
}

function pages(places: readonly Place[]): readonly Entry[] {
  return [
    ...[...places, ACCOUNT].map(({ to, title, icon }): Entry => ({
      key: to,
      group: 'Pages',
      title,
      icon,
      going: { kind: 'page', to },
    })),
    { key: 'reference', group: 'Pages', title: 'API reference', icon: BookOpen, going: { kind: 'reference' } },
  ]
}

function actions(may: Sources['may']): readonly Entry[] {
  const page = (title: string, icon: LucideIcon, to: string, search: Readonly<Record<string, string>>): Entry => {
    return { key: `do:${title}`, group: 'Actions', title, icon, going: { kind: 'page', to, search } }
  }
  const other = (title: string, icon: LucideIcon, going: Going): Entry => {
    return { key: `do:${title}`, group: 'Actions', title, icon, going }
  }
  return [
    ...(may.writeUsers ? [page('New user', Plus, '/users', { new: 'yes' })] : []),
    ...(may.writeUsers ? [page('Import users', Upload, '/import', {})] : []),
    ...(may.writeCustomers ? [page('New customer', Plus, '/customers', { edit: 'new' })] : []),
    ...(may.writeTokens ? [page('New token', KeyRound, '/tokens', { edit: 'new' })] : []),
    other('Theme: light', Sun, { kind: 'theme', theme: 'light' }),
    other('Theme: dark', Moon, { kind: 'theme', theme: 'dark' }),
    other('Theme: as the system', Monitor, { kind: 'theme', theme: 'system' }),
    other('Keyboard shortcuts', Keyboard, { kind: 'help' }),
    other('Sign out', LogOut, { kind: 'sign-out' }),
  ]
}

function userEntry({ id, fullName, email, identifier }: User): Entry {
  const detail = email ?? identifier
  return {
    key: `user:${id}`,
    group: 'Users',
    title: fullName,
    detail,
    icon: UserIcon,
    going: { kind: 'page', to: `/users/${id}` },
  }
}

function customerEntries(customers: readonly PlacedCustomer[], isMeant: (title: string) => boolean): readonly Entry[] {
  const found: Entry[] = []
  for (const { customer, path } of customers) {
    if (found.length === CUSTOMERS_MAX) break
    if (!isMeant(`${customer.name} ${customer.code} ${customer.id}`)) continue
    found.push({
      key: `customer:${customer.id}`,
      group: 'Customers',
      title: customer.name,
      detail: path.length > 1 ? path.slice(0, -1).join(' › ') : customer.code,
      icon: Building2,
      going: { kind: 'page', to: '/users', search: { customer: String(customer.id), columns: 'own' } },
    })
  }
  return found
}
