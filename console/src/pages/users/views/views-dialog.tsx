import { useMutation } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { SavedView } from '@rollcall/sdk'
import { answers, directory } from '../../../directory/client.ts'
import { useMay } from '../../../directory/me.ts'
import { errorText } from '../../../text/error-text.ts'
import { Button, IconButton } from '../../../widgets/button.tsx'
import { Dialog } from '../../../widgets/dialog.tsx'
import { CancelButton } from '../../../widgets/drafts.tsx'
import { faultsOf } from '../../../widgets/faults.ts'
import { Checkbox, TextField } from '../../../widgets/field.tsx'
import { Form } from '../../../widgets/form.tsx'
import { notify } from '../../../widgets/notices.tsx'
import css from '../list-dialog.module.css'

const refresh = () => answers.invalidateQueries({ queryKey: ['views'] })

interface SaveViewDialogProps {
  readonly query: string
  readonly onClose: () => void
}

/** Gives the list as it is shown a name. */
export function SaveViewDialog({ query, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState('')
  const [isShared, setIsShared] = useState(false)
  const formId = useId()
  const save = useMutation({
    mutationFn: () => directory.views.create({ name: name.trim(), query, isShared }),
    onSuccess: async () => {
      await refresh()
      notify(`The view ${name.trim()} was saved.`)
      onClose()
    },
  })
  const faults = faultsOf(save.error, ['name'])
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save this view"
      actions={
        <>
          <CancelButton />
          <Button look="main" type="submit" form={formId} aria-busy={save.isPending} disabled={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <Form id={formId} draft={[name, isShared]} fault={faults.rest} onSubmit={() => save.mutate()}>
        <TextField
          label="Name"
          required
          maxLength={256}
          autoFocus
          value={name}
          fault={faults.of('name')}
          onChange={({ target }) => setName(target.value)}
        />
        <Checkbox
          label="Share it with everyone who may see you"
          checked={isShared}
          onChange={({ target }) => setIsShared(target.checked)}
        />
      </Form>
    </Dialog>
  )
}

interface ManageViewsDialogProps extends SaveViewDialogProps {
  readonly views: readonly SavedView[]
}

/** Renames, shares, replaces and deletes views. */
export function ManageViewsDialog({ views, query, onClose }: ManageViewsDialogProps) {
  const isAdmin = useMay('admin')
  const mine = views.filter(({ isOwn }) => isOwn || isAdmin)
  return (
    <Dialog isOpen onClose={onClose} title="Saved views" width="wide" actions={<Button onClick={onClose}>Done</Button>}>
      {mine.length === 0 && <p>You have saved no view yet. Views that others share can be changed by them.</p>}
      <ul className={css.list}>
        {mine.map((view) => (
          <ViewLine key={view.id} view={view} query={query} />
        ))}
      </ul>
    </Dialog>
  )
}

function ViewLine({ view, query }: { readonly view: SavedView; readonly query: string }) {
  const [name, setName] = useState(view.name)
  const onSuccess = refresh
  const change = useMutation({
    mutationFn: (next: { name?: string; query?: string; isShared?: boolean }) => directory.views.update(view.id, next),
    onSuccess,
  })
  const remove = useMutation({
    mutationFn: () => directory.views.remove(view.id),
    onSuccess: async () => {
      await refresh()
      const again = { name: view.name, query: view.query, isShared: view.isShared }
      const run = () =>
        void directory.views
          .create(again)
          .then(refresh, (error: unknown) => notify(errorText(error), { tone: 'danger' }))
      notify(`The view ${view.name} was deleted.`, view.isOwn ? { action: { label: 'Undo', run } } : {})
    },
  })
  const fault = change.error ?? remove.error
  const rename = () => {
    const next = name.trim()
    if (next === '') setName(view.name)
    else if (next !== view.name) change.mutate({ name: next })
  }
  return (
    <li className={css.line}>
      <TextField
        label="Name"
        value={name}
        maxLength={256}
        fault={fault === null ? undefined : fault.message}
        onChange={({ target }) => setName(target.value)}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
      />
      <Checkbox
        label="Shared"
        checked={view.isShared}
        onChange={({ target }) => change.mutate({ isShared: target.checked })}
      />
      <Button disabled={view.query === query} onClick={() => change.mutate({ query })}>
        Replace with this list
      </Button>
      <IconButton label={`Delete the view ${view.name}`} onClick={() => remove.mutate()}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  )
}
