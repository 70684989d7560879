import { useMutation, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useId, useState, type MouseEvent, type ReactNode } from 'react'
import type { ListQuery } from '@rollcall/sdk'
import { answers, directory } from '../../directory/client.ts'
import { meQuery } from '../../directory/me.ts'
import { Button } from '../../widgets/button.tsx'
import button from '../../widgets/button.module.css'
import { Dialog } from '../../widgets/dialog.tsx'
import { faultsOf } from '../../widgets/faults.ts'
import { Checkbox } from '../../widgets/field.tsx'
import { notify } from '../../widgets/notices.tsx'
import { countText } from '../../text/count.ts'
import type { ListInView } from '../users/selection.ts'
import css from './export.module.css'
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
  const set = (change: Partial<ExportChoice>) => setChoice({ ...choice, ...change })
  const { total: inList } = useCount(list.query)
  const { total: inAll } = useCount(choice.withDeleted ? EVERYBODY : {})
  const count = choice.extent === 'all' ? inAll : inList
  const columns = countText(list.columns.length, 'column')
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
      <Choices legend="Users">
        <Choice
          name="extent"
          isChosen={choice.extent === 'shown'}
          onChoose={() => set({ extent: 'shown' })}
          title={`What is shown: ${sizeText(inList)}, ${columns}`}
          hint="Filtered, searched and sorted as on the page, with its columns."
        />
        <Choice
          name="extent"
          isChosen={choice.extent === 'list'}
          onChoose={() => set({ extent: 'list' })}
          title={`The same users with every field`}
          hint="What an import elsewhere needs."
        />
        <Choice
          name="extent"
          isChosen={choice.extent === 'all'}
          onChoose={() => set({ extent: 'all' })}
          title={`Everything: ${sizeText(inAll)}, every field`}
          hint="All that you may see, in the order of creation."
        />
        {choice.extent === 'all' && (
          <Checkbox
            label="Deleted users too"
            className={css.inner ?? ''}
            checked={choice.withDeleted}
            onChange={(event) => set({ withDeleted: event.target.checked })}
          />
        )}
      </Choices>
      <Choices legend="File">
        <Choice
          name="format"
          isChosen={choice.format === 'csv'}
          onChoose={() => set({ format: 'csv' })}
          title="CSV"
          hint="For spreadsheets, and to be imported again."
        />
        {choice.format === 'csv' && (
          <Checkbox
            className={css.inner ?? ''}
            label="Keep cells that look like formulas as they are"
            checked={choice.keepsFormulas}
            onChange={(event) => set({ keepsFormulas: event.target.checked })}
          />
        )}
        {choice.format === 'csv' && (
          <p className={`${css.inner} ${css.hint}`}>
            {choice.keepsFormulas
              ? 'Do not open such a file in a spreadsheet: a cell that begins with =, +, - or @ would be worked out there.'
              : 'Cells that begin with =, +, - or @ get an apostrophe in front, so that a spreadsheet works nothing out.'}
          </p>
        )}
        <Choice
          name="format"
          isChosen={choice.format === 'jsonl'}
          onChoose={() => set({ format: 'jsonl' })}
          title="JSON Lines"
          hint="For programs: one user as JSON on each line."
        />
      </Choices>
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

function sizeText(count: number | null): string {
  return count === null ? 'counting users' : countText(count)
}

function Choices({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <fieldset className={css.choices}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly title: string
  readonly hint: string
}

function Choice({ name, isChosen, onChoose, title, hint }: ChoiceProps) {
  const id = useId()
  return (
    <div className={css.choice}>
      <input type="radio" id={id} name={name} checked={isChosen} onChange={onChoose} aria-describedby={`${id}-hint`} />
      <div>
        <label htmlFor={id}>{title}</label>
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      </div>
    </div>
  )
}
