import * as Ariakit from '@ariakit/react'
import { Link } from '@tanstack/react-router'
import { BookOpen, Menu as MenuIcon, X } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../widgets/button.tsx'
import css from './navigation.module.css'
import { usePlaces } from './places.ts'

/** Where one can go, one below the other. */
export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const places = usePlaces()
  return (
    <nav aria-label="Console" className={css.places}>
      {places.map(({ to, title, icon: Icon }) => (
        <Link key={to} to={to} className={css.place} {...(onGo ? { onClick: onGo } : {})}>
          <Icon aria-hidden />
          {title}
        </Link>
      ))}
      <a href="/reference" className={css.place}>
        <BookOpen aria-hidden />
        API reference
      </a>
    </nav>
  )
}

/** The same behind a button, where there is no room beside the page. */
export function NavigationDrawer() {
  const [isOpen, setIsOpen] = useState(false)
  const close = () => setIsOpen(false)
  return (
    <>
      <IconButton
        label="Open the navigation"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(true)}
      >
        <MenuIcon aria-hidden />
      </IconButton>
      <Ariakit.Dialog
        open={isOpen}
        onClose={close}
        unmountOnHide
        aria-label="Navigation"
        backdrop={<div className={css.backdrop} />}
        className={css.drawer}
      >
        <div className={css.drawerHead}>
          <span className={css.name}>Rollcall</span>
          <IconButton label="Close the navigation" onClick={close}>
            <X aria-hidden />
          </IconButton>
        </div>
        <Navigation onGo={close} />
      </Ariakit.Dialog>
    </>
  )
}
