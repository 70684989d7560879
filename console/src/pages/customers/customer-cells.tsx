import { Ellipsis } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { CustomerNode } from '@rollcall/sdk'
import type { TreeLine } from '../../customers/tree-lines.ts'
import { Twig } from '../../customers/twig.tsx'
import { useMay } from '../../directory/me.ts'
import { numberText } from '../../text/count.ts'
import { NOTHING } from '../../text/value-text.ts'
import { IconButton } from '../../widgets/button.tsx'
import css from './customers.module.css'
import { useShowUsers } from './show-users.ts'

interface CustomerCellsProps {
  readonly line: TreeLine
  /** Of the line: what is in it can be reached with Tab from the line that has the focus. */
  readonly tabIndex: 0 | -1
  readonly isMenuOpen: boolean
  readonly onTurn: (id: number) => void
  readonly onMenu: (customer: CustomerNode, button: HTMLElement) => void
}

/** The cells of one customer. Drawn again only when something of it changes: while one scrolls, hundreds come and go. */
export const CustomerCells = memo(function CustomerCells(props: CustomerCellsProps) {
  const { line, tabIndex, isMenuOpen, onTurn, onMenu } = props
  const showUsers = useShowUsers()
  const mayWrite = useMay('customers:write')
  const { customer, level } = line
  const show = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    showUsers?.(customer.id)
  }
  return (
    <>
      <span role="gridcell" className={css.name} style={{ paddingInlineStart: `${(level - 1) * 1.25}rem` }}>
        <Twig line={line} onTurn={onTurn} isButton />
        {showUsers === null ? (
          <span dir="auto" className={css.link}>
            {customer.name}
          </span>
        ) : (
          <a
            href={`/console/users?customer=${customer.id}&columns=own`}
            onClick={show}
            tabIndex={tabIndex}
            dir="auto"
            className={css.link}
          >
            {customer.name}
          </a>
        )}
      </span>
      <span role="gridcell" className={css.code}>
        <bdi>{customer.code}</bdi>
      </span>
      <span role="gridcell" className={css.number}>
        {customer.id}
      </span>
      <span role="gridcell" className={css.number}>
        {usersText(customer.users)}
      </span>
      <span role="gridcell" className={css.number}>
        {usersText(customer.usersWithSubsidiaries)}
      </span>
      <span role="gridcell" className={css.actions}>
        {(mayWrite || showUsers !== null) && (
          <IconButton
            label={`Actions for ${customer.name}`}
            aria-haspopup="menu"
            aria-expanded={isMenuOpen}
            tabIndex={tabIndex}
            onClick={(event) => onMenu(customer, event.currentTarget)}
          >
            <Ellipsis aria-hidden />
          </IconButton>
        )}
      </span>
    </>
  )
})

/** Callers without the permission are told no counts. */
function usersText(users: number | undefined): string {
  return users === undefined ? NOTHING : numberText(users)
}
