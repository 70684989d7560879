import * as Ariakit from '@ariakit/react'
import type { ReactElement, ReactNode } from 'react'
import css from './menu.module.css'

interface MenuProps {
  /** What opens it, such as `<Button>Columns</Button>`. */
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly label?: string
}

/** A menu that hangs below its button; arrow keys, letters and Escape work. */
export function Menu({ trigger, label, children }: MenuProps) {
  return (
    <Ariakit.MenuProvider>
      <Ariakit.MenuButton render={trigger} />
      <Ariakit.Menu
        gutter={6}
        portal
        unmountOnHide
        className={css.menu}
        {...(label === undefined ? {} : { 'aria-label': label })}
      >
        {children}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  )
}

interface MenuItemProps {
  readonly onSelect: () => void
  readonly children: ReactNode
  readonly isDangerous?: boolean
  readonly isDisabled?: boolean
}

export function MenuItem({ onSelect, children, isDangerous = false, isDisabled = false }: MenuItemProps) {
  return (
    <Ariakit.MenuItem
      onClick={onSelect}
      disabled={isDisabled}
      className={`${css.item} ${isDangerous ? (css.dangerous ?? '') : ''}`}
    >
      {children}
    </Ariakit.MenuItem>
  )
}

export function MenuSeparator() {
  return <Ariakit.MenuSeparator className={css.separator} />
}
