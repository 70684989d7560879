import { useId, useRef, useState } from 'react'
import { Button } from '../../widgets/button.tsx'
import type { Followed } from '../request/follow-curl.ts'
import { changeVisitor, useVisitor } from '../visitor.ts'
import css from './panels.module.css'

interface CurlEditorProps {
  /** The line that the form stands for. */
  readonly line: string
  /** What was typed or pasted instead, since the form was changed last. */
  readonly edited: string | null
  readonly followed: Followed | null
  readonly onEdit: (line: string) => void
  /** Opens the operation that a line turned out to be for. */
  readonly onOpen: (followed: Followed) => void
}

/** A curl line that follows the form, and that the form follows. */
export function CurlEditor({ line, edited, followed, onEdit, onOpen }: CurlEditorProps) {
  const [isFocused, setIsFocused] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const isFollowed = followed !== null && followed.isUnderstood && followed.where === 'here'
  // A line that is understood is written as the form has it once one is done with it.
  const shown = edited !== null && (isFocused || !isFollowed) ? edited : line
  const isWrong = edited !== null && followed !== null && !followed.isUnderstood
  return (
    <div className={css.words}>
      <textarea
        ref={area}
        aria-label="curl"
        className={css.editor}
        dir="ltr"
        rows={Math.min(18, Math.max(3, shown.split('\n').length + 1))}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        aria-describedby={id}
        aria-invalid={isWrong ? true : undefined}
        value={shown}
        onFocus={() => setIsFocused(true)}
        onBlur={() => setIsFocused(false)}
        onChange={({ target }) => onEdit(target.value)}
      />
      <div id={id} role="status" className={css.words}>
        {edited !== null && followed && (
          <Remarks
            line={edited}
            followed={followed}
            onOpen={() => onOpen(followed)}
            onShow={(at, end) => {
              area.current?.focus()
              area.current?.setSelectionRange(at, end)
            }}
          />
        )}
      </div>
    </div>
  )
}

interface RemarksProps {
  readonly line: string
  readonly followed: Followed
  readonly onOpen: () => void
  readonly onShow: (at: number, end: number) => void
}

function Remarks({ line, followed, onOpen, onShow }: RemarksProps) {
  const { server } = useVisitor()
  if (!followed.isUnderstood) {
    const { message, at, end } = followed
    return (
      <>
        <p className={css.fault}>
          {placeOf(line, at)}: {message}
        </p>
        <div>
          <Button look="quiet" onClick={() => onShow(at, end)}>
            Show where
          </Button>
        </div>
      </>
    )
  }
  if (followed.where === 'nowhere') return <p className={css.fault}>{followed.message}</p>
  const { where, operation, authorization, otherServer, notes } = followed
  const isLeft = authorization.kind === 'none' && operation.permission !== null
  return (
    <>
      {where === 'elsewhere' && (
        <>
          <p>
            This is another operation: {operation.summary} ({operation.method} {operation.path}).
          </p>
          <div>
            <Button onClick={onOpen}>Open it there</Button>
          </div>
        </>
      )}
      {otherServer !== null && (
        <>
          <p className={css.note}>
            It names {otherServer}; here it goes to {server}.
          </p>
          <div>
            <Button look="quiet" onClick={() => changeVisitor({ server: otherServer })}>
              Write code for {otherServer}
            </Button>
          </div>
        </>
      )}
      {isLeft && <p className={css.note}>It has no token: the one in the form is sent with it.</p>}
      {notes.map((note) => (
        <p key={note} className={css.note}>
          {note}
        </p>
      ))}
    </>
  )
}

function placeOf(line: string, at: number): string {
  const before = line.slice(0, at).split('\n')
  return `Line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}
