import * as Ariakit from '@ariakit/react'
import { Check } from 'lucide-react'
import { useEffect, type ReactElement, type ReactNode } from 'react'
import css from './menu.module.css'

interface MenuProps {
  /** What opens it, such as `<Button>Columns</Button>`. */
  readonly trigger: ReactElement
  readonly children: ReactNode
  readonly label?: string
}

/** A menu that hangs below its button; arrow keys, letters and Escape work. Nothing around it may have a `transform`, which would clip it. */
export function Menu({ trigger, label, children }: MenuProps) {
  return (
    <Ariakit.MenuProvider>
      <Ariakit.MenuButton render={trigger} />
      <Ariakit.Menu
        // Beside its button rather than at the end of the page: within the same landmark, and without traps for the focus.
        fixed
        gutter={6}
        unmountOnHide
        className={css.menu}
        {...(label === undefined ? {} : { 'aria-label': label })}
      >
        {children}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  )
}

interface MenuAtProps {
  /** The button it was opened with; null while it is closed. */
  readonly anchor: HTMLElement | null
  readonly onClose: () => void
  readonly label: string
  readonly children: ReactNode
}

/** One menu for many buttons, such as one in each line of a long list: a menu for each of them would take its time. */
export function MenuAt({ anchor, onClose, label, children }: MenuAtProps) {
  const store = Ariakit.useMenuStore({ open: anchor !== null, setOpen: (isOpen) => (isOpen ? undefined : onClose()) })
  useEffect(() => {
    // As a button of its own would say, that somebody has pressed.
    if (anchor === null) return
    store.setAutoFocusOnShow(true)
    store.setInitialFocus('first')
  }, [anchor, store])
  return (
    <Ariakit.Menu
      store={store}
      fixed
      gutter={6}
      unmountOnHide
      getAnchorRect={() => anchor?.getBoundingClientRect() ?? null}
      finalFocus={anchor}
      aria-label={label}
      className={css.menu}
    >
      {children}
    </Ariakit.Menu>
  )
}

interface MenuItemProps {
  readonly onSelect: () => void
  readonly children: ReactNode
  readonly isDangerous?: boolean
  readonly isDisabled?: boolean
}

/** One thing to do; the menu closes when it is chosen. */
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

/** A line between things that do not belong together. */
export function MenuSeparator() {
  return <Ariakit.MenuSeparator className={css.separator} />
}

interface MenuChoiceProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly value: T
  readonly onChoose: (value: T) => void
}

/** One of several within a menu. The menu stays open, so that what was chosen can be seen. */
export function MenuChoice<T extends string>({ label, options, value, onChoose }: MenuChoiceProps<T>) {
  return (
    <Ariakit.MenuGroup>
      <Ariakit.MenuGroupLabel className={css.label}>{label}</Ariakit.MenuGroupLabel>
      {options.map((option) => (
        <Ariakit.MenuItemRadio
          key={option.value}
          name={label}
          value={option.value}
          checked={option.value === value}
          onChange={() => onChoose(option.value)}
          className={css.item}
        >
          <span className={css.check}>{option.value === value && <Check aria-hidden />}</span>
          {option.label}
        </Ariakit.MenuItemRadio>
      ))}
    </Ariakit.MenuGroup>
  )
}

interface MenuSwitchProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children: ReactNode
}

/** On or off within a menu. */
export function MenuSwitch({ isOn, onChange, children }: MenuSwitchProps) {
  return (
    <Ariakit.MenuItemCheckbox name="switch" checked={isOn} onChange={() => onChange(!isOn)} className={css.item}>
      <span className={css.check}>{isOn && <Check aria-hidden />}</span>
      {children}
    </Ariakit.MenuItemCheckbox>
  )
}
