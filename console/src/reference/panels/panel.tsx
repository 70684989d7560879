import { useId, type ReactNode } from 'react'
import css from './panels.module.css'

/** A part of the request, under a heading. */
export function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={css.panel}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}
