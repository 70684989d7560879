import { useSearchPart } from '../../shell/search-part.ts'

/** What can be done in a dialog. */
export type Edit = 'new' | 'rename' | 'move' | 'remove'

/** `fold` are folded customers; with `all` before them, those that are not folded. */
type CustomersSearch = 'q' | 'fold' | 'edit' | 'customer'

const EDITS: readonly string[] = ['new', 'rename', 'move', 'remove'] satisfies readonly Edit[]

/** What of the tree is shown and which dialog is open, from and to the address. */
export function useTreeAddress() {
  const [search, change] = useSearchPart<CustomersSearch>()
  const turned = (search.fold ?? '').split(',').filter((part) => part !== '')
  const isAllFolded = turned[0] === 'all'
  const ids = new Set(turned.filter((part) => part !== 'all').map(Number))
  const setFold = (next: ReadonlySet<number>, all: boolean) =>
    change({ fold: [...(all ? ['all'] : []), ...next].join(',') || undefined }, { replace: true })
  const id = Number(search.customer)
  return {
    q: search.q ?? '',
    setQ: (q: string) => change({ q: q === '' ? undefined : q }, { replace: true }),
    isFolded: (customer: number) => ids.has(customer) !== isAllFolded,
    turn: (customer: number) => {
      const next = new Set(ids)
      if (!next.delete(customer)) next.add(customer)
      setFold(next, isAllFolded)
    },
    foldAll: () => setFold(new Set(), true),
    openAll: () => setFold(new Set(), false),
    edit: EDITS.includes(search.edit ?? '') ? (search.edit as Edit) : null,
    /** Whom the dialog is about; for a new customer the one above. */
    customerId: Number.isSafeInteger(id) && id > 0 ? id : null,
    open: (edit: Edit, customer: number | null) =>
      change({ edit, customer: customer === null ? undefined : String(customer) }),
    close: () => change({ edit: undefined, customer: undefined }, { replace: true }),
  }
}
