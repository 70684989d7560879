import { Link, Outlet } from '@tanstack/react-router'
import { Activity, BookOpen, Building2, KeyRound, Settings, Upload, Users } from 'lucide-react'
import { Announcer } from '../widgets/announcer.tsx'
import { Notices } from '../widgets/notices.tsx'
import css from './frame.module.css'
import { useMay } from './me.ts'

/** What stands around every page: where one can go, who one is, and the one place where things are announced. */
export function Frame() {
  return (
    <div className={css.frame}>
      <a href="#main" className="visually-hidden">
        Skip to the page
      </a>
      <header className={css.bar}>
        <span className={css.name}>Rollcall</span>
        <Navigation />
      </header>
      <main id="main" tabIndex={-1} className={css.main}>
        <Outlet />
      </main>
      <Announcer />
      <Notices />
    </div>
  )
}

function Navigation() {
  const mayWrite = useMay('users:write')
  const mayReadCustomers = useMay('customers:read')
  const mayIssue = useMay('tokens:write')
  const mayAudit = useMay('audit:read')
  const isAdmin = useMay('admin')
  const places = [
    { to: '/users', title: 'Users', icon: Users, isShown: true },
    { to: '/customers', title: 'Customers', icon: Building2, isShown: mayReadCustomers },
    { to: '/import', title: 'Import', icon: Upload, isShown: mayWrite },
    { to: '/tokens', title: 'Tokens', icon: KeyRound, isShown: mayIssue },
    { to: '/activity', title: 'Activity', icon: Activity, isShown: mayAudit },
    { to: '/settings', title: 'Settings', icon: Settings, isShown: isAdmin },
  ] as const
  return (
    <nav aria-label="Console" className={css.places}>
      {places
        .filter(({ isShown }) => isShown)
        .map(({ to, title, icon: Icon }) => (
          <Link key={to} to={to} className={css.place}>
            <Icon aria-hidden />
            <span>{title}</span>
          </Link>
        ))}
      <a href="/reference" className={css.place}>
        <BookOpen aria-hidden />
        <span>API reference</span>
      </a>
    </nav>
  )
}
