import { Outlet } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { lazy, useEffect, useRef, useState, type MouseEvent } from 'react'
import { Announcer } from '../widgets/announcer.tsx'
import { IconButton } from '../widgets/button.tsx'
import { Notices } from '../widgets/notices.tsx'
import { Part } from '../widgets/part.tsx'
import { useArrival, usePageTitle } from './arrival.ts'
import css from './frame.module.css'
import { LoadingBar } from './loading-bar.tsx'
import { useKeptFocus } from './kept-focus.ts'
import { useIsNarrow } from './narrow.ts'
import { Navigation, NavigationDrawer } from './navigation.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { Permitted } from './permitted.tsx'
import { PersonMenu } from './person-menu.tsx'
import { useShortcuts, type ShortcutHelp } from './shortcuts.ts'
import { SignInAgain } from './sign-in-again.tsx'
import { useSignedOut } from './signed-out.ts'

const openPalette = () => import('./palette.tsx')
const Palette = lazy(async () => ({ default: (await openPalette()).Palette }))
const Help = lazy(async () => ({ default: (await import('./help.tsx')).Help }))

const PALETTE_AFTER_MS = 1000

const KEYS: ShortcutHelp = {
  title: 'Everywhere',
  lines: [
    { keys: ['Ctrl+K'], does: 'Search for pages, actions, users and customers' },
    { keys: ['?'], does: 'Show this list' },
    { keys: ['Esc'], does: 'Close what is open' },
  ],
}

/** What stands around every page: where one can go, who one is, and the one place where things are announced. */
export function Frame() {
  const main = useRef<HTMLElement>(null)
  const isNarrow = useIsNarrow()
  const isSignedOut = useSignedOut()
  const [opened, setOpened] = useState<'palette' | 'help' | null>(null)
  const close = () => setOpened(null)
  useKeptFocus()
  useShortcuts(
    {
      'Ctrl+k': () => {
        if (!isSignedOut) setOpened(opened === 'palette' ? null : 'palette')
      },
      '?': () => setOpened('help'),
    },
    KEYS,
  )
  useEffect(() => {
    // It is fetched before it is asked for: what is typed right after Ctrl+K must not be lost.
    const timer = setTimeout(() => void openPalette().catch(() => undefined), PALETTE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  usePageTitle(main)
  useArrival(main)
  // An address with #main would be another address, and addresses are copied.
  const skip = (event: MouseEvent) => {
    event.preventDefault()
    main.current?.focus()
  }
  return (
    <div className={css.frame}>
      <a href="#main" onClick={skip} className={`${css.skip} visually-hidden`}>
        Skip to the page
      </a>
      <header className={css.bar}>
        <LoadingBar />
        {isNarrow && <NavigationDrawer />}
        <span className={css.name}>Rollcall</span>
        <PaletteButton isNarrow={isNarrow} onOpen={() => setOpened('palette')} />
        {!isNarrow && <Navigation />}
        <div className={css.person}>
          <PersonMenu isNarrow={isNarrow} onHelp={() => setOpened('help')} />
        </div>
      </header>
      <div className={css.beside}>
        <OfflineBanner />
        <main id="main" ref={main} tabIndex={-1} className={css.main}>
          <Permitted>
            <Outlet />
          </Permitted>
        </main>
      </div>
      <Part of={opened} onClose={close}>
        {opened === 'palette' && <Palette onClose={close} onHelp={() => setOpened('help')} main={main} />}
        {opened === 'help' && <Help isOpen onClose={close} />}
      </Part>
      <SignInAgain />
      <Announcer />
      <Notices />
    </div>
  )
}

function PaletteButton({ isNarrow, onOpen }: { readonly isNarrow: boolean; readonly onOpen: () => void }) {
  if (isNarrow) {
    return (
      <IconButton label="Search" aria-keyshortcuts="Control+K" onClick={onOpen}>
        <Search aria-hidden />
      </IconButton>
    )
  }
  return (
    <button type="button" aria-keyshortcuts="Control+K" className={css.search} onClick={onOpen}>
      <Search aria-hidden />
      <span>Search</span>
      <kbd aria-hidden>Ctrl K</kbd>
    </button>
  )
}
