import { useEffect, type ReactNode } from 'react'
import { Announcer } from '../../widgets/announcer.tsx'
import { Notices } from '../../widgets/notices.tsx'
import css from './entrance.module.css'

interface EntranceProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
}

/** A page before the console: one card, and nothing else to do. */
export function Entrance({ title, lead, children }: EntranceProps) {
  useEffect(() => {
    document.title = `${title} · Rollcall`
  }, [title])
  return (
    <div className={css.ground}>
      <header className={css.brand}>
        <img src="/console/assets/icon-1.svg" alt="" />
        Rollcall
      </header>
      <main className={css.card}>
        <h1>{title}</h1>
        {lead !== undefined && <p className={css.lead}>{lead}</p>}
        {children}
      </main>
      <Announcer />
      <Notices />
    </div>
  )
}
