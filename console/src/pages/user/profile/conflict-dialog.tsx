import { useState } from 'react'
import type { User } from '@rollcall/sdk'
import { useUserNames } from '../../../directory/user-names.ts'
import { Button } from '../../../widgets/button.tsx'
import { Dialog } from '../../../widgets/dialog.tsx'
import { Moment } from '../../../widgets/moment.tsx'
import { conflictLines, resolved, type Side } from './conflict.ts'
import type { Texts } from './profile-texts.ts'
import css from './conflict.module.css'

interface ConflictDialogProps {
  /** The user as it was when editing began. */
  readonly base: User
  /** The form as it is now. */
  readonly mine: Texts
  /** The user as somebody else saved it meanwhile. */
  readonly theirs: User
  readonly onResolve: (texts: Texts) => void
  readonly onClose: () => void
}

/** Both versions side by side where somebody else was quicker, and which of them is to be kept, field by field. */
export function ConflictDialog({ base, mine, theirs, onResolve, onClose }: ConflictDialogProps) {
  const lines = conflictLines(base, mine, theirs)
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const sideOf = (name: string, usual: Side) => chosen[name] ?? usual
  const author = useUserNames(theirs.updatedBy == null ? [] : [theirs.updatedBy]).get(theirs.updatedBy ?? '')
  const all = (side: Side) => setChosen(Object.fromEntries(lines.map(({ field }) => [field.name, side])))
  const save = () => onResolve(resolved(mine, theirs, lines, (line) => sideOf(line.field.name, line.usual)))
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Somebody else changed this user"
      width="wide"
      actions={
        <>
          <Button onClick={onClose}>Back to editing</Button>
          <Button onClick={() => all('theirs')}>Take all theirs</Button>
          <Button onClick={() => all('mine')}>Keep all mine</Button>
          <Button look="main" onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <p>
        <bdi>{author ?? 'Someone'}</bdi> saved it <Moment at={theirs.updatedAt} />. Choose for each field which version
        to keep.
      </p>
      <table className={css.conflict}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Yours</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ field, mine: own, theirs: other, usual, isBoth }) => (
            <tr key={field.name} data-both={isBoth || undefined}>
              <th scope="row">{field.label}</th>
              {(['mine', 'theirs'] as const).map((side) => (
                <td key={side}>
                  <label className={css.side}>
                    <input
                      type="radio"
                      name={`conflict-${field.name}`}
                      aria-label={`${field.label}: ${side === 'mine' ? 'yours' : 'theirs'}`}
                      checked={sideOf(field.name, usual) === side}
                      onChange={() => setChosen((before) => ({ ...before, [field.name]: side }))}
                    />
                    <span dir="auto">{(side === 'mine' ? own : other) || '–'}</span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
