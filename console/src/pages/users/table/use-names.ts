import { createContext, useMemo } from 'react'
import type { User } from '@rollcall/sdk'
import { useCustomers } from '../../../customers/customers.ts'
import { useUserNames } from '../../../directory/user-names.ts'
import { PAGE_ROWS } from './list-query.ts'

/** What those are called that a user names by id. */
interface Names {
  readonly customers: ReadonlyMap<number, string>
  readonly users: ReadonlyMap<string, string>
}

/** The names that cells show. */
export const NamesContext = createContext<Names>({ customers: new Map(), users: new Map() })

/** Columns in which a user stands by id. */
const USERS = ['primaryIdentity', 'createdBy', 'updatedBy'] as const

/** What those are called that the rows from one place to another name by id. */
export function useNames(
  rowAt: (index: number) => User | undefined,
  first: number,
  last: number,
  columns: readonly string[],
): Names {
  const { names: customers } = useCustomers()
  const shown = USERS.filter((column) => columns.includes(column))
  const ids = new Set<string>()
  if (shown.length > 0) {
    // By whole pages, so that names are asked for no more often than pages are.
    const begin = Math.floor(first / PAGE_ROWS) * PAGE_ROWS
    const end = (Math.floor(last / PAGE_ROWS) + 1) * PAGE_ROWS
    for (let row = begin; row < end; row += 1) {
      for (const column of shown) {
        const id = rowAt(row)?.[column]
        if (id != null) ids.add(id)
      }
    }
  }
  const users = useUserNames(ids)
  return useMemo(() => ({ customers, users }), [customers, users])
}
