import { Download } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '../../widgets/button.tsx'
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
        <Suspense fallback={null}>
          <ExportDialog list={list} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
