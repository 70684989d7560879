import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import css from './not-found.module.css'

const TITLE = 'There is no such page'

/** What stands at an address of nothing, with the way to the users. */
export function NotFound() {
  useEffect(() => {
    document.title = `${TITLE} · Rollcall`
  }, [])
  return (
    <main className={css.place}>
      <h1>{TITLE}</h1>
      <p>The address may be mistyped, or the page is from another version.</p>
      <Link to="/users">Go to the users</Link>
    </main>
  )
}
