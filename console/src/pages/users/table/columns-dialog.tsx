import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../../directory/me.ts'
import { prefer } from '../../../shell/preferences.ts'
import { announce } from '../../../widgets/announcer.tsx'
import { Button, IconButton } from '../../../widgets/button.tsx'
import { Dialog } from '../../../widgets/dialog.tsx'
import { Checkbox } from '../../../widgets/field.tsx'
import { DEFAULT_COLUMNS, FIELDS, METADATA } from '../../../directory/user-fields.ts'
import css from '../list-dialog.module.css'
import { columnsText } from '../address/columns.ts'
import type { ChangeView } from '../address/use-address.ts'

interface ColumnsDialogProps {
  readonly columns: readonly string[]
  readonly onChange: ChangeView
  readonly onClose: () => void
}

/** Which columns are shown, and in what order. Every change is seen at once, kept in the address, and remembered. */
export function ColumnsDialog({ columns, onChange, onClose }: ColumnsDialogProps) {
  const mayReadMetadata = useMay('users:read-metadata')
  // Those that are shown first, in their order; a column that is taken out keeps its place while the dialog is open.
  const [listed, setListed] = useState<readonly string[]>(() => [
    ...columns,
    ...[...FIELDS.keys()].filter((name) => !columns.includes(name) && (mayReadMetadata || !METADATA.has(name))),
  ])
  const show = (next: readonly string[]) => {
    const isDefault = next.join() === DEFAULT_COLUMNS.join()
    prefer({ columns: isDefault ? null : next })
    onChange({ columns: columnsText(next) }, { replace: true })
  }
  const choose = (name: string, isShown: boolean) => {
    show(listed.filter((one) => (one === name ? isShown : columns.includes(one))))
  }
  const move = (name: string, by: 1 | -1) => {
    const at = listed.indexOf(name)
    const next = listed.filter((one) => one !== name)
    next.splice(Math.min(next.length, Math.max(0, at + by)), 0, name)
    setListed(next)
    show(next.filter((one) => columns.includes(one)))
    announce(`${FIELDS.get(name)?.label ?? name} is now ${next.indexOf(name) + 1} of ${next.length}.`)
  }
  const reset = () => {
    setListed([...DEFAULT_COLUMNS, ...listed.filter((name) => !DEFAULT_COLUMNS.includes(name))])
    show(DEFAULT_COLUMNS)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Columns"
      actions={
        <>
          <Button onClick={reset}>Usual columns</Button>
          <Button look="main" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <ol className={css.list}>
        {listed.map((name, at) => {
          const label = FIELDS.get(name)?.label ?? name
          const isShown = columns.includes(name)
          return (
            <li key={name} className={css.line}>
              <Checkbox
                label={label}
                checked={isShown}
                disabled={isShown && columns.length === 1}
                onChange={(event) => choose(name, event.target.checked)}
              />
              <IconButton label={`Move ${label} up`} disabled={at === 0} onClick={() => move(name, -1)}>
                <ArrowUp aria-hidden />
              </IconButton>
              <IconButton
                label={`Move ${label} down`}
                disabled={at === listed.length - 1}
                onClick={() => move(name, 1)}
              >
                <ArrowDown aria-hidden />
              </IconButton>
            </li>
          )
        })}
      </ol>
    </Dialog>
  )
}
