import { useCallback, useState } from 'react'
import type { CustomerNode } from '@rollcall/sdk'
import { CustomerTree } from '../../customers/customer-tree.tsx'
import type { TreeLine } from '../../customers/tree-lines.ts'
import { useShortcuts, type ShortcutHelp } from '../../shell/shortcuts.ts'
import { CustomerCells } from './customer-cells.tsx'
import css from './customers.module.css'
import { RowMenu, type Opened } from './row-menu.tsx'
import { useShowUsers } from './show-users.ts'
import type { Edit } from './use-tree-address.ts'

interface CustomerGridProps {
  readonly lines: readonly TreeLine[]
  readonly onTurn: (id: number) => void
  readonly onEdit: (edit: Edit, id: number) => void
  readonly mayWrite: boolean
}

const LINE_PX = 40
const COLUMNS = ['Name', 'Code', 'Number', 'Users', 'With subsidiaries', 'Actions']
const NUMBERS: readonly string[] = ['Number', 'Users', 'With subsidiaries']

const KEYS: ShortcutHelp = {
  title: 'Customers, within the tree',
  lines: [
    { keys: ['↑', '↓'], does: 'Go to the line above or below' },
    { keys: ['→', '←'], does: 'Open and fold, go into and out of a branch' },
    { keys: ['Enter'], does: 'Show the users of the customer' },
    { keys: ['F2'], does: 'Rename the customer' },
    { keys: ['Delete'], does: 'Remove the customer' },
  ],
}

/** The tree of customers with what is known of each, and what can be done with it. */
export function CustomerGrid({ lines, onTurn, onEdit, mayWrite }: CustomerGridProps) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const openMenu = useCallback((customer: CustomerNode, button: HTMLElement) => setOpened({ customer, button }), [])
  const showUsers = useShowUsers()
  useShortcuts({}, KEYS)
  const onKey = (key: string, { id }: CustomerNode) => {
    if (key === 'Enter') showUsers?.(id)
    else if (key === 'F2' && mayWrite) onEdit('rename', id)
    else if (key === 'Delete' && mayWrite) onEdit('remove', id)
    else return false
    return true
  }
  return (
    <>
      <CustomerTree
        lines={lines}
        linePx={LINE_PX}
        pattern={{ columns: COLUMNS.length, head: HEAD }}
        onTurn={onTurn}
        onKey={onKey}
        className={css.box}
        lineClassName={css.line}
      >
        {(line, tabIndex) => (
          <CustomerCells
            line={line}
            tabIndex={tabIndex}
            isMenuOpen={line.customer.id === opened?.customer.id}
            onTurn={onTurn}
            onMenu={openMenu}
          />
        )}
      </CustomerTree>
      <RowMenu opened={opened} onClose={() => setOpened(null)} onEdit={onEdit} mayWrite={mayWrite} />
    </>
  )
}

const HEAD = (
  <div role="row" aria-rowindex={1} className={`${css.line} ${css.head}`}>
    {COLUMNS.map((title) => (
      <span key={title} role="columnheader" className={NUMBERS.includes(title) ? css.number : undefined}>
        {title === 'Actions' ? <span className="visually-hidden">{title}</span> : title}
      </span>
    ))}
  </div>
)
