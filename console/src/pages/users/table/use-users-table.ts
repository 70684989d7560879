import { functionalUpdate, getCoreRowModel, useReactTable, type Column, type Table } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { User } from '@rollcall/sdk'
import type { ViewInAddress } from '../address/address.ts'
import { SORT_MAX, sortText } from '../address/sort.ts'
import type { ChangeView } from '../address/use-address.ts'
import { USER_COLUMNS } from './user-columns.tsx'

const ROWS = getCoreRowModel<User>()

/** The table of the users that are loaded: which columns stand in which order, and by which it is sorted, is what the address says. */
export function useUsersTable(loaded: User[], { columns, sort }: ViewInAddress, onChange: ChangeView): Table<User> {
  const shown = useMemo(() => columns.flatMap((name) => USER_COLUMNS.get(name) ?? []), [columns])
  const state = useMemo(() => ({ sorting: [...sort] }), [sort])
  return useReactTable({
    data: loaded,
    columns: shown,
    state,
    getRowId: ({ id }) => id,
    getCoreRowModel: ROWS,
    // The server sorts, and gives them page by page.
    manualSorting: true,
    manualPagination: true,
    sortDescFirst: false,
    maxMultiSortColCount: SORT_MAX,
    onSortingChange: (change) =>
      onChange({ sort: functionalUpdate(change, state.sorting).map(sortText).join(',') || undefined }),
  })
}

/** Widths of columns, as a grid has them: the one for choosing first. They depend on no content, so that rows align. */
export function widthsOf(
  columns: readonly Column<User>[],
): Readonly<Record<'--widths' | '--least' | '--most', string>> {
  const rems = columns.map((column) => column.getSize())
  const widths = rems.map((rem) => `minmax(${rem * SHRUNK}rem, ${rem}fr)`)
  const sum = rems.reduce((all, rem) => all + rem, 0)
  const of = (share: number) => `${CHOOSE_REM + sum * share}rem`
  return { '--widths': `${CHOOSE_REM}rem ${widths.join(' ')}`, '--least': of(SHRUNK), '--most': of(GROWN) }
}

const SHRUNK = 0.75
const GROWN = 1.75
const CHOOSE_REM = 2.75
