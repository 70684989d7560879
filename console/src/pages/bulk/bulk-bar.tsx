import { Building2, CircleDot, RotateCcw, Tag, Trash2, UserCog, X } from 'lucide-react'
import { lazy, useEffect, useRef, useState } from 'react'
import { useMay } from '../../directory/me.ts'
import { announce } from '../../widgets/announcer.tsx'
import { Button, IconButton } from '../../widgets/button.tsx'
import { Part } from '../../widgets/part.tsx'
import { countText, numberText } from '../../text/count.ts'
import {
  clearSelection,
  selectAll,
  selectedCount,
  useSelection,
  type ListInView,
  type Selection,
} from '../users/selection.ts'
import { stopRanges, useRangeProgress, type RangeProgress } from '../users/table/range-selection.ts'
import css from './bulk-bar.module.css'
import type { Change } from './change.ts'
import type { Target } from './change-many.ts'

const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog }))

const ACTIONS: readonly { readonly kind: Change['kind']; readonly title: string; readonly icon: typeof Tag }[] = [
  { kind: 'status', title: 'Status', icon: CircleDot },
  { kind: 'customer', title: 'Customer', icon: Building2 },
  { kind: 'role', title: 'Role', icon: UserCog },
  { kind: 'tags', title: 'Tags', icon: Tag },
  { kind: 'delete', title: 'Delete', icon: Trash2 },
  { kind: 'restore', title: 'Restore', icon: RotateCcw },
]

/** What takes no longer is not worth a bar that comes and goes. */
const SHORT_MS = 300

/** What can be done with the users that are chosen; nothing while none are. */
export function BulkBar({ query, total }: ListInView) {
  const selection = useSelection()
  const mayWrite = useMay('users:write')
  const [opened, setOpened] = useState<{ readonly kind: Change['kind']; readonly target: Target } | null>(null)
  const count = selectedCount(selection)
  useEffect(() => {
    if (count > 0) announce(`${countText(count)} selected`)
  }, [count])
  const reading = useRangeProgress()
  const bar = useRef<HTMLElement>(null)
  const isShown = count > 0 || reading !== null || opened !== null
  useEffect(() => (isShown ? focusListIfLost : undefined), [isShown])
  const close = (isSpent: boolean) => {
    setOpened(null)
    if (isSpent) clearSelection()
  }
  // Deleted users can be chosen only where they are shown.
  const actions = ACTIONS.filter(({ kind }) => kind !== 'restore' || query.includeDeleted === true)
  const canHaveAll = selection.kind === 'some' && total !== null && total > count
  return (
    <>
      {reading !== null && <ReadingBar {...reading} />}
      {count > 0 && (
        <section ref={bar} tabIndex={-1} aria-label="Selected users" className={css.bar}>
          <p className={css.count}>
            <strong>{numberText(count)}</strong> selected
          </p>
          {canHaveAll && (
            <Button
              look="quiet"
              onClick={() => {
                bar.current?.focus()
                selectAll(total)
              }}
            >
              Select all {numberText(total)}
            </Button>
          )}
          {mayWrite && (
            <div role="group" aria-label="Change" className={css.actions}>
              {actions.map(({ kind, title, icon: Icon }) => (
                <Button
                  key={kind}
                  icon={<Icon aria-hidden />}
                  aria-haspopup="dialog"
                  className={kind === 'delete' ? (css.danger ?? '') : ''}
                  onClick={() => setOpened({ kind, target: targetOf(selection, query) })}
                >
                  {title}
                </Button>
              ))}
            </div>
          )}
          <IconButton label="Select none" onClick={clearSelection} className={css.clear ?? ''}>
            <X aria-hidden />
          </IconButton>
        </section>
      )}
      {opened !== null && (
        <Part of={opened} onClose={() => setOpened(null)}>
          <BulkDialog kind={opened.kind} target={opened.target} onClose={close} />
        </Part>
      )}
    </>
  )
}

/** A range that reaches over users who were never loaded: how far it is, and how to stop it. */
function ReadingBar({ done, total }: RangeProgress) {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), SHORT_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!isLong) return null
  return (
    <section aria-label="Selecting users" className={css.bar}>
      <p className={css.count}>
        Selecting {numberText(done)} of {countText(total)}…
      </p>
      <progress value={done} max={total} aria-label="Selecting users" />
      <Button onClick={stopRanges}>Stop</Button>
    </section>
  )
}

// The bar is gone, and with it what had the focus. A dialog that closes gives the focus back a moment later.
function focusListIfLost(): void {
  setTimeout(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true })
  })
}

function targetOf(selection: Selection, query: ListInView['query']): Target {
  return selection.kind === 'all' ? { kind: 'all', query } : { kind: 'some', ids: [...selection.ids] }
}
