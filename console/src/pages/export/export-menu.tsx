import { Download } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '../../widgets/button.tsx'
import type { ListInView } from '../users/selection.ts'

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }))

/** Takes the list that is shown, or everything, away as a file. */
export function ExportMenu(list: ListInView) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button icon={<Download aria-hidden />} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        Export
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ExportDialog list={list} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
