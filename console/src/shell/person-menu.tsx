import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, CircleUserRound, Keyboard, LogOut } from 'lucide-react'
import { Initials } from '../widgets/initials.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator, MenuSwitch } from '../widgets/menu.tsx'
import { useMe } from '../directory/me.ts'
import css from './person-menu.module.css'
import { DIRECTIONS, prefer, THEMES, usePreferences } from './preferences.ts'
import { signOut } from './sign-out.ts'

/** Who is signed in, and what only concerns them. */
export function PersonMenu({ isNarrow, onHelp }: { readonly isNarrow: boolean; readonly onHelp: () => void }) {
  const me = useMe()
  const { theme, direction, shortcuts } = usePreferences()
  const navigate = useNavigate()
  if (me === undefined) return null
  const { fullName, identifier } = me.user
  const trigger = (
    <button type="button" className={`${css.person} ${isNarrow ? (css.round ?? '') : ''}`} title={identifier}>
      <Initials name={fullName} />
      <span className="visually-hidden">Signed in as {isNarrow && fullName}</span>
      {!isNarrow && (
        <>
          <span className={css.who}>
            <span dir="auto" className={css.name}>
              {fullName}
            </span>
            <span dir="auto" className={css.identifier}>
              {identifier}
            </span>
          </span>
          <ChevronsUpDown aria-hidden />
        </>
      )}
    </button>
  )
  return (
    <Menu trigger={trigger} label="You">
      <MenuItem onSelect={() => void navigate({ to: '/account' })}>
        <CircleUserRound aria-hidden />
        Account
      </MenuItem>
      <MenuItem onSelect={onHelp}>
        <Keyboard aria-hidden />
        Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuChoice label="Theme" options={THEMES} value={theme} onChoose={(value) => prefer({ theme: value })} />
      <MenuSeparator />
      <MenuChoice
        label="Direction"
        options={DIRECTIONS}
        value={direction}
        onChoose={(value) => prefer({ direction: value })}
      />
      <MenuSeparator />
      <MenuSwitch isOn={shortcuts} onChange={(isOn) => prefer({ shortcuts: isOn })}>
        Single-key shortcuts
      </MenuSwitch>
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  )
}
