import { ChevronDown } from 'lucide-react'
import { numberText } from '../../../text/count.ts'
import { IconButton } from '../../../widgets/button.tsx'
import { Menu, MenuItem } from '../../../widgets/menu.tsx'
import { PAGE_ROWS } from './list-query.ts'
import { clearSelection, selectAll, selectedCount, selectUsers, useSelection } from '../selection.ts'
import type { Rows } from './use-rows.ts'

/** Chooses the rows of a page, or all of the list. */
export function SelectAll({ rows }: { readonly rows: Rows }) {
  const selection = useSelection()
  const count = selectedCount(selection)
  const onPage = Math.min(PAGE_ROWS, rows.count)
  const choosePage = () => {
    const ids = Array.from({ length: onPage }, (_, index) => rows.rowAt(index)?.id).filter((id) => id !== undefined)
    selectUsers(ids, true)
  }
  return (
    <Menu
      label="Select"
      trigger={
        <IconButton label={count === 0 ? 'Select' : `Select; ${numberText(count)} selected`}>
          <ChevronDown aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={choosePage} isDisabled={onPage === 0}>
        Select the first {numberText(onPage)}
      </MenuItem>
      <MenuItem onSelect={() => selectAll(rows.total ?? 0)} isDisabled={rows.total === null || rows.total === 0}>
        Select all {rows.total === null ? '' : numberText(rows.total)}
      </MenuItem>
      <MenuItem onSelect={clearSelection} isDisabled={count === 0}>
        Select none
      </MenuItem>
    </Menu>
  )
}
