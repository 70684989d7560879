import { describe } from 'node:test'
import { commits } from './commits.ts'
import { customers } from './customers.ts'
import { deletion } from './deletion.ts'
import { documents } from './documents.ts'
import { filters } from './filters.ts'
import { history } from './history.ts'
import { lifetime } from './lifetime.ts'
import { lists } from './lists.ts'
import { moves } from './moves.ts'
import { numbers } from './numbers.ts'
import { receipts } from './receipts.ts'
import { savedViews } from './saved-views.ts'
import { search } from './search.ts'
import { secrets } from './secrets.ts'
import type { Open } from './subject.ts'
import { tokens } from './tokens.ts'
import { totals } from './totals.ts'
import { uniqueness } from './uniqueness.ts'
import { usage } from './usage.ts'
import { users } from './users.ts'

const SUBJECTS = [
  users,
  customers,
  commits,
  uniqueness,
  numbers,
  history,
  deletion,
  moves,
  lists,
  filters,
  totals,
  search,
  documents,
  tokens,
  savedViews,
  usage,
  receipts,
  secrets,
  lifetime,
]

/** What every engine promises. `open` gives a new, empty store each time. */
export function storeConformance(name: string, open: Open): void {
  describe(name, () => {
    for (const subject of SUBJECTS) subject(open)
  })
}
