import { useNavigate } from '@tanstack/react-router'
import { Upload, UserPlus } from 'lucide-react'
import { Button } from '../../widgets/button.tsx'
import { ExportMenu } from '../export/export-menu.tsx'
import { RefreshNotice } from './refresh-notice.tsx'
import type { ListInView } from './selection.ts'
import { Total } from './total.tsx'
import type { ListState } from './use-list-state.ts'
import css from './users-page.module.css'

interface ListHeadProps {
  readonly list: ListState
  readonly inView: ListInView | null
  /** Null where none may be created. */
  readonly onCreate: (() => void) | null
}

/** What the page is called, how many users it shows, and the ways in and out for users. */
export function ListHead({ list, inView, onCreate }: ListHeadProps) {
  const navigate = useNavigate()
  return (
    <header className={css.head}>
      <h1>Users</h1>
      <Total {...list} />
      <RefreshNotice isOutdated={list.isOutdated} />
      <div className={css.actions}>
        <ExportMenu list={inView} />
        {onCreate !== null && (
          <>
            <Button
              icon={<Upload aria-hidden />}
              className={css.roomy ?? ''}
              onClick={() => void navigate({ to: '/import' })}
            >
              Import
            </Button>
            <Button look="main" icon={<UserPlus aria-hidden />} onClick={onCreate}>
              New user
            </Button>
          </>
        )}
      </div>
    </header>
  )
}
