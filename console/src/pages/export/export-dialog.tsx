import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState, type MouseEvent } from 'react'
import type { ListQuery } from '@rollcall/sdk'
import { answers, directory } from '../../directory/client.ts'
import { meQuery } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import button from '../../widgets/button.module.css'
import { Dialog } from '../../widgets/dialog.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { notify } from '../../widgets/notices.tsx'
import { countText } from '../../text/count.ts'
import type { ListInView } from '../users/selection.ts'
import css from './export.module.css'
import { ExportChoices } from './export-choices.tsx'
import { exportQuery, type ExportChoice } from './export-query.ts'

interface ExportDialogProps {
  readonly list: ListInView
  readonly onClose: () => void
}

/** Chooses what is taken away and as what. The file is an ordinary download, which the browser streams to the disk. */
export function ExportDialog({ list, onClose }: ExportDialogProps) {
  const [choice, setChoice] = useState<ExportChoice>({
    extent: 'shown',
    format: 'csv',
    keepsFormulas: false,
    withDeleted: false,
  })
  const { total: inList } = useCount(list.query)
  const { total: inAll } = useCount(choice.withDeleted ? EVERYBODY : {})
  const count = choice.extent === 'all' ? inAll : inList
  const address = directory.users.exportUrl(exportQuery(choice, list.query, list.columns))
  // A browser says of a refused download only that it failed.
  const begin = useMutation({
    mutationFn: async (file: string) => {
      await answers.query({ ...meQuery, staleTime: 0, retry: false, networkMode: 'always' })
      return file
    },
    networkMode: 'always',
    onSuccess: (file) => {
      download(file)
      notify(count === null ? 'The file is on its way.' : `${countText(count)} on the way to your downloads.`)
      onClose()
    },
  })
  const onClick = (event: MouseEvent) => {
    event.preventDefault()
    if (!begin.isPending) begin.mutate(address)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Export"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {/* A link: so the browser shows the download, and nothing passes through this page. */}
          <a
            href={address}
            download
            className={`${button.button} ${button.main}`}
            aria-busy={begin.isPending}
            onClick={onClick}
          >
            <Download aria-hidden />
            Export {count === null ? '' : countText(count)}
          </a>
        </>
      }
    >
      <ExportChoices choice={choice} inList={inList} inAll={inAll} columns={list.columns.length} onChange={setChoice} />
      {begin.error !== null && (
        <p role="alert" className={css.fault}>
          {faultsOf(begin.error, []).rest}
        </p>
      )}
    </Dialog>
  )
}

function download(file: string): void {
  const link = document.createElement('a')
  link.href = file
  link.download = ''
  link.click()
}

const EVERYBODY: ListQuery = { includeDeleted: true }

function useCount(query: ListQuery): { readonly total: number | null } {
  const { data } = useQuery({
    queryKey: ['users', 'count', query],
    queryFn: ({ signal }) => directory.users.list({ ...query, fields: ['id'], limit: 1 }, { signal }),
  })
  return { total: data?.total ?? null }
}
