import { useId, type ReactNode } from 'react'
import css from './page.module.css'

interface PageProps {
  readonly title: string
  /** One sentence that says what the page is for. */
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  /** `text` keeps lines short enough to read; `all` takes the whole width. */
  readonly width?: 'text' | 'all'
  readonly children: ReactNode
}

/** A page: its one h1, which is also its title in the browser, what can be done, and the rest below. */
export function Page({ title, lead, actions, width = 'all', children }: PageProps) {
  return (
    <div className={`${css.page} ${width === 'text' ? (css.text ?? '') : ''}`}>
      <header className={css.head}>
        <div>
          <h1>{title}</h1>
          {lead !== undefined && <p>{lead}</p>}
        </div>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a page on its own ground, with a heading. */
export function Section({ title, lead, actions, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={css.section}>
      <header>
        <div>
          <h2 id={id}>{title}</h2>
          {lead !== undefined && <p>{lead}</p>}
        </div>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  )
}
