import { useNavigate } from '@tanstack/react-router'
import { ChevronRight, Ellipsis } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { CustomerNode } from '@rollcall/sdk'
import { IconButton } from '../../widgets/button.tsx'
import css from './customers.module.css'
import type { TreeRow } from './tree-rows.ts'

interface CustomerRowProps {
  readonly row: TreeRow
  readonly index: number
  /** Pixels from the top of the first row. */
  readonly start: number
  readonly isActive: boolean
  readonly isMenuOpen: boolean
  readonly onActive: (id: number) => void
  readonly onTurn: (id: number) => void
  readonly onMenu: (customer: CustomerNode, button: HTMLElement) => void
}

const counted = new Intl.NumberFormat()

/**
 * One customer. What is within the line can be reached with Tab from the line that has the focus. It is drawn again only
 * when something of it changes: while one scrolls, hundreds come and go.
 */
export const CustomerRow = memo(function CustomerRow(props: CustomerRowProps) {
  const { row, index, start, isActive, isMenuOpen, onActive, onTurn, onMenu } = props
  const navigate = useNavigate()
  const { customer, level, isOpen, siblings, position } = row
  const tabIndex = isActive ? 0 : -1
  const show = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void navigate({ to: '/users', search: { customer: String(customer.id) } as never })
  }
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-level={level}
      aria-setsize={siblings}
      aria-posinset={position}
      {...(isOpen === null ? {} : { 'aria-expanded': isOpen })}
      tabIndex={tabIndex}
      onFocus={() => onActive(customer.id)}
      className={css.line}
      style={{ insetBlockStart: start }}
    >
      <span role="gridcell" className={css.name} style={{ paddingInlineStart: `${(level - 1) * 1.25}rem` }}>
        {isOpen === null ? (
          <span className={css.turn} />
        ) : (
          // The line itself says that it can be opened; for a mouse there has to be something to press.
          <button
            type="button"
            tabIndex={-1}
            aria-label={`${isOpen ? 'Fold' : 'Open'} ${customer.name}`}
            className={css.turn}
            onClick={() => onTurn(customer.id)}
          >
            <ChevronRight aria-hidden className={isOpen ? css.isOpen : undefined} />
          </button>
        )}
        <a
          href={`/console/users?customer=${customer.id}`}
          onClick={show}
          tabIndex={tabIndex}
          dir="auto"
          className={css.link}
        >
          {customer.name}
        </a>
      </span>
      <span role="gridcell" className={css.code}>
        <bdi>{customer.code}</bdi>
      </span>
      <span role="gridcell" className={css.number}>
        {customer.id}
      </span>
      <span role="gridcell" className={css.number}>
        {count(customer.users)}
      </span>
      <span role="gridcell" className={css.number}>
        {count(customer.usersWithSubsidiaries)}
      </span>
      <span role="gridcell" className={css.actions}>
        <IconButton
          label={`Actions for ${customer.name}`}
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          tabIndex={tabIndex}
          onClick={(event) => onMenu(customer, event.currentTarget)}
        >
          <Ellipsis aria-hidden />
        </IconButton>
      </span>
    </div>
  )
})

/** Callers without the permission are told no counts. */
function count(users: number | undefined): string {
  return users === undefined ? '–' : counted.format(users)
}
