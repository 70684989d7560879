import * as Ariakit from '@ariakit/react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState, type RefObject } from 'react'
import { useCustomers } from '../customers/customers.ts'
import { useFoundUsers } from '../directory/found-users.ts'
import { countText } from '../text/count.ts'
import { announce } from '../widgets/announcer.tsx'
import { entriesFor, type Entry, type Going } from './palette-entries.ts'
import css from './palette.module.css'
import { useMay } from '../directory/me.ts'
import { usePlaces } from './places.ts'
import { prefer } from './preferences.ts'
import { signOut } from './sign-out.ts'

interface PaletteProps {
  readonly onClose: () => void
  readonly onHelp: () => void
  /** Gets the focus when the palette goes somewhere. */
  readonly main: RefObject<HTMLElement | null>
}

const USERS_MAX = 8
/** A single letter finds too many to be worth asking for. */
const SEARCH_MIN = 2

/** One box for everything that can be gone to or done: pages, actions, customers, and users by search. */
export function Palette({ onClose, onHelp, main }: PaletteProps) {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const places = usePlaces()
  const { placed: customers } = useCustomers()
  const may = {
    writeUsers: useMay('users:write'),
    writeCustomers: useMay('customers:write'),
    writeTokens: useMay('tokens:write'),
  }
  const found = useFoundUsers(text, USERS_MAX, SEARCH_MIN)
  const entries = entriesFor({ text, places, customers, may, users: found.users })
  const groups = Map.groupBy(entries, ({ group }) => group)
  useEffect(() => {
    if (text !== '') announce(countText(entries.length, 'result'))
  }, [text, entries.length])

  const go = (going: Going) => {
    onClose()
    switch (going.kind) {
      case 'help':
        onHelp()
        return
      case 'sign-out':
        void signOut()
        return
      case 'theme':
        prefer({ theme: going.theme })
        return
      case 'reference':
        location.assign('/reference')
        return
      case 'page':
        // Addresses are data here; the router's types know only those that are written out.
        void navigate({ to: going.to, search: (going.search ?? {}) as never })
        main.current?.focus({ preventScroll: true })
    }
  }
  return (
    <Ariakit.Dialog
      open
      onClose={onClose}
      aria-label="Search or go to"
      backdrop={<div className={css.backdrop} />}
      className={css.palette}
    >
      <Ariakit.ComboboxProvider inputValue={text} setInputValue={setText} open focusLoop>
        <Ariakit.Combobox
          autoSelect="always"
          autoFocus
          dir="auto"
          aria-label="Pages, actions, users and customers"
          placeholder="Pages, actions, users, customers…"
          className={css.box}
        />
        <Ariakit.ComboboxList alwaysVisible aria-label="Results" className={css.list}>
          {[...groups].map(([group, members]) => (
            <Ariakit.ComboboxGroup key={group}>
              <Ariakit.ComboboxGroupLabel className={css.label}>{group}</Ariakit.ComboboxGroupLabel>
              {members.map((entry) => (
                <EntryLine key={entry.key} entry={entry} onChoose={() => go(entry.going)} />
              ))}
            </Ariakit.ComboboxGroup>
          ))}
        </Ariakit.ComboboxList>
        {found.error !== null && (
          <p role="alert" className={css.none}>
            Users could not be searched: {found.error.message}
          </p>
        )}
        {entries.length === 0 && found.error === null && (
          <p className={css.none}>{found.isSearching ? 'Searching…' : 'Nothing is called that.'}</p>
        )}
      </Ariakit.ComboboxProvider>
    </Ariakit.Dialog>
  )
}

function EntryLine({ entry, onChoose }: { readonly entry: Entry; readonly onChoose: () => void }) {
  const { icon: Icon } = entry
  return (
    <Ariakit.ComboboxItem
      value={entry.key}
      focusOnHover
      setValueOnClick={false}
      hideOnClick={false}
      onClick={onChoose}
      className={css.entry}
    >
      <Icon aria-hidden />
      <span dir="auto" className={css.title}>
        {entry.title}
      </span>
      {entry.detail !== undefined && (
        <span dir="auto" className={css.detail}>
          {entry.detail}
        </span>
      )}
    </Ariakit.ComboboxItem>
  )
}
