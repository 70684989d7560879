import { prefer, THEMES, usePreferences } from '../../shell/preferences.ts'
import { usePlace } from '../place.ts'
import { Link } from './link.tsx'
import css from './reference.module.css'

/** The top of the page: what this is, and the way to other places. */
export function Bar() {
  const { dialect } = usePlace()
  const { theme } = usePreferences()
  return (
    <header className={css.bar}>
      <Link to={{}} className={css.name}>
        Rollcall <span>API reference</span>
      </Link>
      <nav aria-label="Elsewhere" className={css.elsewhere}>
        {dialect !== null && <a href={`/openapi/${encodeURIComponent(dialect)}.json`}>OpenAPI</a>}
        <a href="/llms.txt">llms.txt</a>
        <a href="/console">Console</a>
      </nav>
      <label className={css.theme}>
        <span className="visually-hidden">Theme</span>
        <select
          value={theme}
          onChange={({ target }) => {
            const chosen = THEMES.find(({ value }) => value === target.value)
            if (chosen) prefer({ theme: chosen.value })
          }}
        >
          {THEMES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </header>
  )
}
