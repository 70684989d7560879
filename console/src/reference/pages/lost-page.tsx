import { Link } from '../shell/link.tsx'
import css from './pages.module.css'
import { useTitle } from './title.ts'

/** An address of nothing. */
export function LostPage() {
  useTitle('Nothing here')
  return (
    <div className={css.page}>
      <h1>There is no such operation</h1>
      <p className={css.lead}>The address may be mistyped, or the page is from another version.</p>
      <p>
        <Link to={{}}>See what there is</Link>
      </p>
    </div>
  )
}
