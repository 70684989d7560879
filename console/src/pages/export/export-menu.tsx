import { Download } from 'lucide-react'
import { lazy, useState } from 'react'
import { Button } from '../../widgets/button.tsx'
import { Part } from '../../widgets/part.tsx'
import type { ListInView } from '../users/selection.ts'

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }))

/** Takes the list that is shown, or everything, away as a file; not before there is one. */
export function ExportMenu({ list }: { readonly list: ListInView | null }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        icon={<Download aria-hidden />}
        aria-haspopup="dialog"
        disabled={list === null}
        onClick={() => setIsOpen(true)}
      >
        Export
      </Button>
      {isOpen && list !== null && (
        <Part of={list} onClose={() => setIsOpen(false)}>
          <ExportDialog list={list} onClose={() => setIsOpen(false)} />
        </Part>
      )}
    </>
  )
}
